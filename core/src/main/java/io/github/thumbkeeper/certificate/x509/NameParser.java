/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Parses the text of a distinguished name (RFC 4514 section 3), with what RFC 2253 section 4 asks readers to take too: semicolons
 * between relative names, blanks around separators, {@code OID.} before an OID, and values in double quotes.
 *
 * <p>The JDK's parser knows few keywords, and changes letters that the string type of its choice does not have. Every text of a value
 * is UTF-8 here, because names are compared by their text. Not thread-safe.
 */
final class NameParser {

    private static final Pattern OID = Pattern.compile("(?i)(?:oid\\.)?([0-9]+(?:\\.[0-9]+)+)");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})+");

    /** RFC 4514 section 3: the characters that a backslash may precede, besides two hex digits. */
    private static final String ESCAPABLE = " \"#+,;<=>\\";

    private static final String SEPARATORS = ",;+";
    private static final String FORM =
            "expected the form of RFC 2253, such as CN=alice,O=Example; openssl x509 -noout -subject -nameopt RFC2253"
                    + " prints it";

    private final String text;
    private int at;

    private NameParser(String text) {
        this.text = text;
    }

    /** Returns the name, whose first relative name is the last one of the text (RFC 4514 section 2.1). */
    static X500Name parse(String text) throws NameFormatException {
        return new NameParser(text).name();
    }

    private X500Name name() throws NameFormatException {
        if (text.startsWith("/")) {
            throw new NameFormatException(
                    text, "is not a distinguished name: slashes are an old form of OpenSSL; " + FORM);
        }
        if (text.isBlank()) {
            throw new NameFormatException(text, "is not a distinguished name: it is empty; " + FORM);
        }
        List<RDN> relativeNames = new ArrayList<>();
        relativeNames.add(relativeName());
        while (at < text.length()) {
            at++;
            relativeNames.add(relativeName());
        }
        Collections.reverse(relativeNames);
        return new X500Name(relativeNames.toArray(RDN[]::new));
    }

    private RDN relativeName() throws NameFormatException {
        List<AttributeTypeAndValue> attributes = new ArrayList<>();
        attributes.add(attribute());
        while (at < text.length() && text.charAt(at) == '+') {
            at++;
            attributes.add(attribute());
        }
        return new RDN(attributes.toArray(AttributeTypeAndValue[]::new));
    }

    private AttributeTypeAndValue attribute() throws NameFormatException {
        String written = keyword();
        ASN1ObjectIdentifier type = type(written);
        skipBlanks();
        int start = at;
        ASN1Encodable value = value();
        skipBlanks();
        if (!isAtSeparator()) {
            throw new NameFormatException(
                    text.substring(start), "is a value that continues after its closing quote; " + FORM);
        }
        if (NameValue.of(value) == null) {
            throw new NameFormatException(
                    written,
                    "has a value that is empty or blank, longer than " + DirectoryString.MAX_LENGTH
                            + " characters, or has control characters; no certificate with such a value matches");
        }
        return new AttributeTypeAndValue(type, value);
    }

    private String keyword() throws NameFormatException {
        int start = at;
        while (!isAtSeparator() && text.charAt(at) != '=') {
            at++;
        }
        String keyword = text.substring(start, at).strip();
        if (keyword.isEmpty()) {
            throw new NameFormatException(text, "is not a distinguished name: an attribute has no keyword; " + FORM);
        }
        if (at == text.length() || text.charAt(at) != '=') {
            throw new NameFormatException(
                    keyword,
                    "is not an attribute of a distinguished name, because it has no equals sign; in a value, a comma,"
                            + " semicolon or plus sign needs a backslash before it; " + FORM);
        }
        at++;
        return keyword;
    }

    private static ASN1ObjectIdentifier type(String keyword) throws NameFormatException {
        var matcher = OID.matcher(keyword);
        if (matcher.matches()) {
            ASN1ObjectIdentifier type = ASN1ObjectIdentifier.tryFromID(matcher.group(1));
            if (type == null) {
                throw new NameFormatException(keyword, "is not a valid OID; expected an OID such as 2.5.4.97");
            }
            return type;
        }
        String oid = NameKeywords.oid(keyword)
                .orElseThrow(() -> new NameFormatException(
                        keyword,
                        "is not a known keyword of a distinguished name; expected one of the table in docs/checks.md, or"
                                + " the OID of the attribute, such as 2.5.4.97=PSDDE-BAFIN-123456 or"
                                + " OID.2.5.4.97=#0C1250534444452D424146494E2D313233343536"));
        return new ASN1ObjectIdentifier(oid);
    }

    private ASN1Encodable value() throws NameFormatException {
        if (at < text.length() && text.charAt(at) == '#') {
            return encoded();
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        return new DERUTF8String(quoted ? quoted() : bare());
    }

    /** Reads the bytes of any ASN.1 type (RFC 4514 section 2.4). */
    private ASN1Encodable encoded() throws NameFormatException {
        int start = at++;
        while (!isAtSeparator()) {
            at++;
        }
        String hex = text.substring(start + 1, at).strip();
        byte[] der = HEX.matcher(hex).matches() ? HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)) : new byte[0];
        try {
            ASN1Primitive value = ASN1Primitive.fromByteArray(der);
            if (value != null && Arrays.equals(der, value.getEncoded(ASN1Encoding.DER))) {
                return value;
            }
        } catch (IOException | RuntimeException e) {
            // The next line names the problem.
        }
        throw new NameFormatException(
                text.substring(start, at),
                "is not one value of ASN.1 in DER in hex digits; write # at the start of other text with a backslash before"
                        + " it");
    }

    private String quoted() throws NameFormatException {
        int start = at++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (at < text.length()) {
            char c = text.charAt(at);
            // Windows writes a quote in a value twice.
            boolean twice = c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"';
            if (c == '"' && !twice) {
                at++;
                return decoded(start, bytes);
            }
            at += twice ? 1 : 0;
            character(bytes);
        }
        throw new NameFormatException(text.substring(start), "has a quote that does not end; " + FORM);
    }

    private String bare() throws NameFormatException {
        int start = at;
        int end = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!isAtSeparator()) {
            char c = text.charAt(at);
            if (c == '"' || c == '<' || c == '>') {
                throw new NameFormatException(
                        text.substring(at), "begins with a character that needs a backslash before it in a value");
            }
            character(bytes);
            end = c == ' ' ? end : bytes.size();
        }
        byte[] withoutLastBlanks = Arrays.copyOf(bytes.toByteArray(), end);
        bytes.reset();
        bytes.writeBytes(withoutLastBlanks);
        return decoded(start, bytes);
    }

    /** Takes one character, two hex digits after a backslash being one byte of UTF-8. */
    private void character(ByteArrayOutputStream bytes) throws NameFormatException {
        int c = text.codePointAt(at);
        if (Character.getType(c) == Character.SURROGATE) {
            throw new NameFormatException(text, "has half of a surrogate pair at index " + at);
        }
        if (c != '\\') {
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            at += Character.charCount(c);
        } else if (at + 2 < text.length()
                && HEX.matcher(text.substring(at + 1, at + 3)).matches()) {
            bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
            at += 3;
        } else if (at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0) {
            bytes.write(text.charAt(at + 1));
            at += 2;
        } else {
            throw new NameFormatException(
                    text.substring(at, Math.min(at + 3, text.length())),
                    "is not an escape of RFC 2253; expected two hex digits or one of , + \" \\ < > ; = # after a backslash,"
                            + " and \\\\ for a backslash itself");
        }
    }

    private String decoded(int start, ByteArrayOutputStream bytes) throws NameFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NameFormatException(
                    text.substring(start, at), "has hex digits that are not UTF-8; expected UTF-8, such as \\C3\\A9");
        }
    }

    private boolean isAtSeparator() {
        return at >= text.length() || SEPARATORS.indexOf(text.charAt(at)) >= 0;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
