/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.certificate.x509.DerFormats;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises what a file is by its beginning, for messages about files that are not what they seem: PEM by its label, DER by its
 * structure, and everything else by its first bytes or words. Thread-safe.
 */
public final class FileFormats {

    private static final int SEQUENCE = 0x30;

    /** The first line that is not a comment, with a name and a value. */
    private static final Pattern PROPERTY =
            Pattern.compile("\\A(?:\\s*[#!].*\\R)*+\\s*(?!(?:label|roles|from|until)=)[A-Za-z][A-Za-z0-9.]*\\s*=");

    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]{1,200}");

    /** The beginnings of other files, as text in ISO 8859-1. */
    private static final Map<String, ContentFormat> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("\u00FE\u00ED\u00FE\u00ED", ContentFormat.JKS);
        BEGINNINGS.put("\u00CE\u00CE\u00CE\u00CE", ContentFormat.JCEKS);
        BEGINNINGS.put("\0\0\0\1\0\0\0\u0014", ContentFormat.BKS);
        BEGINNINGS.put("\0\0\0\2\0\0\0\u0014", ContentFormat.BKS);
        BEGINNINGS.put("\0\0\0\0CERT", ContentFormat.WINDOWS_STORE);
        BEGINNINGS.put("\u001E\u00F1\u00B5\u00B0", ContentFormat.PRIVATE_KEY);
        BEGINNINGS.put("SQLite format 3", ContentFormat.NSS_DATABASE);
        BEGINNINGS.put("PK\3\4", ContentFormat.ARCHIVE);
        BEGINNINGS.put("\u001F\u008B", ContentFormat.ARCHIVE);
        BEGINNINGS.put("7z\u00BC\u00AF", ContentFormat.ARCHIVE);
        BEGINNINGS.put("\u0099\1", ContentFormat.PGP_KEY);
        BEGINNINGS.put("\u0098\63", ContentFormat.PGP_KEY);
        BEGINNINGS.put("\u00C6\u00C1", ContentFormat.PGP_KEY);
        BEGINNINGS.put("PuTTY-User-Key-File-", ContentFormat.PRIVATE_KEY);
        BEGINNINGS.put("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY", ContentFormat.PRIVATE_KEY);
        BEGINNINGS.put("---- BEGIN SSH2", ContentFormat.SSH_KEY);
        BEGINNINGS.put("ssh-", ContentFormat.SSH_KEY);
        BEGINNINGS.put("ecdsa-sha2-", ContentFormat.SSH_KEY);
        BEGINNINGS.put("sk-ssh-", ContentFormat.SSH_KEY);
        BEGINNINGS.put("sk-ecdsa-", ContentFormat.SSH_KEY);
        BEGINNINGS.put("LS0tLS1CRUdJTi", ContentFormat.BASE64_PEM);
        BEGINNINGS.put("MII", ContentFormat.BASE64_DER);
        BEGINNINGS.put("<", ContentFormat.XML);
        BEGINNINGS.put("{\"", ContentFormat.JSON);
        BEGINNINGS.put("{\n", ContentFormat.JSON);
        BEGINNINGS.put("{\r\n", ContentFormat.JSON);
        BEGINNINGS.put("[{", ContentFormat.JSON);
    }

    private static final Map<Pattern, ContentFormat> LABELS = new LinkedHashMap<>();

    static {
        LABELS.put(Pattern.compile("(X509 )?CERTIFICATE|TRUSTED CERTIFICATE"), ContentFormat.CERTIFICATE);
        LABELS.put(Pattern.compile("(NEW )?CERTIFICATE REQUEST"), ContentFormat.CERTIFICATE_REQUEST);
        LABELS.put(Pattern.compile("(X509 )?CRL"), ContentFormat.CRL);
        LABELS.put(Pattern.compile("PKCS7|CMS|PKCS #7 SIGNED DATA"), ContentFormat.PKCS7);
        LABELS.put(Pattern.compile("ATTRIBUTE CERTIFICATE"), ContentFormat.ATTRIBUTE_CERTIFICATE);
        LABELS.put(Pattern.compile("PGP .*"), ContentFormat.PGP_KEY);
        LABELS.put(Pattern.compile("ENCRYPTED PRIVATE KEY"), ContentFormat.ENCRYPTED_PRIVATE_KEY);
        LABELS.put(Pattern.compile("(.* )?PRIVATE KEY"), ContentFormat.PRIVATE_KEY);
        LABELS.put(Pattern.compile("(.* )?PUBLIC KEY"), ContentFormat.PUBLIC_KEY);
        LABELS.put(Pattern.compile("(.* )?PARAMETERS"), ContentFormat.PARAMETERS);
        LABELS.put(Pattern.compile("PKCS12"), ContentFormat.PKCS12);
    }

    private FileFormats() {}

    /** Returns the format of the content, or empty if it is unknown. Never throws. */
    public static Optional<ContentFormat> of(byte[] bytes) {
        if (TextEncoding.isUtf16(bytes)) {
            return Optional.of(ContentFormat.UTF16_TEXT);
        }
        if (bytes.length > 0 && bytes[0] == SEQUENCE) {
            Optional<ContentFormat> format = DerFormats.of(bytes);
            if (format.isPresent()) {
                return format;
            }
        }
        Optional<String> label = PemReader.firstLabel(bytes);
        return label.isPresent() ? ofLabel(label.get()) : ofBeginning(bytes);
    }

    /** Returns the format of a PEM block with this label, or empty if it is unknown. */
    static Optional<ContentFormat> ofLabel(String label) {
        return LABELS.entrySet().stream()
                .filter(each -> each.getKey().matcher(label).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<ContentFormat> ofBeginning(byte[] bytes) {
        int start = TextEncoding.skipMark(bytes, 0, bytes.length);
        String head = new String(bytes, start, Math.min(bytes.length - start, 64), StandardCharsets.ISO_8859_1);
        String text = head.stripLeading();
        Optional<ContentFormat> format = BEGINNINGS.entrySet().stream()
                .filter(each -> head.startsWith(each.getKey()) || text.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return format.isPresent() ? format : ofText(bytes);
    }

    private static Optional<ContentFormat> ofText(byte[] bytes) {
        Optional<String> whole = text(bytes);
        if (whole.filter(text -> text.contains("BEGIN CERTIFICATE")).isPresent()) {
            return Optional.of(ContentFormat.DAMAGED_PEM);
        }
        boolean properties = whole.filter(text -> PROPERTY.matcher(text).find()).isPresent();
        return properties ? Optional.of(ContentFormat.PROPERTIES) : Optional.empty();
    }

    /** Returns whether the file has one word that is not close to a thumbprint, so that it may be a password. */
    public static boolean isOneWord(byte[] bytes) {
        return text(bytes)
                .filter(text -> WORD.matcher(text).matches())
                .filter(text -> TextOrigin.STORE.quoted(text).equals(TextOrigin.unshown(text)))
                .isPresent();
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(TextEncoding.decode(bytes).strip());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
