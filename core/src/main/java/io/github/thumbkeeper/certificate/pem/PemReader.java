/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a PEM file one after another (RFC 7468, with the text around blocks that section 2 allows). The only PEM
 * reader for files, for certificates and for CRLs.
 *
 * <p>Stricter than the JDK, which accepts any END line for a BEGIN line and ignores a block without one. Not thread-safe.
 */
final class PemReader {

    /** The labels of a certificate; RFC 7468 section 5.1 lists the second as obsolete. */
    static final Set<String> CERTIFICATE_LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    /** Labels of a PKCS #7 bundle (RFC 7468 sections 8 and 9); OpenSSL has written the third. */
    static final Set<String> BUNDLE_LABELS = Set.of("PKCS7", "CMS", "PKCS #7 SIGNED DATA");

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LINE = 80;
    private static final Pattern USUAL_LABEL = Pattern.compile(
            "((X509|X\\.509|TRUSTED|NEW|ATTRIBUTE|ENCRYPTED|RSA|DSA|EC|DH|X9\\.42 DH|OPENSSH|SSH2|ANY|PGP) )?"
                    + "(CERTIFICATE|CERTIFICATE REQUEST|CRL|(PRIVATE|PUBLIC) KEY( BLOCK)?|(DH |EC )?PARAMETERS|PKCS7|CMS)");

    private final PemLines lines;
    private final Predicate<String> wanted;
    private final Base64Lines base64 = new Base64Lines();

    /**
     * One block.
     *
     * @param label the text after BEGIN
     * @param line the number of its BEGIN line
     * @param der the content of a wanted block; empty for any other block, whose content is not read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never kept
    record Block(String label, int line, byte[] der) {
        boolean isCertificate() {
            return CERTIFICATE_LABELS.contains(label);
        }

        boolean isBundle() {
            return BUNDLE_LABELS.contains(label);
        }

        boolean isPrivateKey() {
            return label.endsWith("PRIVATE KEY");
        }

        /** Returns the label as messages show it. */
        String shownLabel() {
            return shown(label);
        }

        boolean isKeyParameters() {
            return label.equals("EC PARAMETERS") || label.equals("DH PARAMETERS");
        }
    }

    /**
     * Starts at the first line, after a byte order mark.
     *
     * @param wanted selects the blocks to read, by label
     * @throws CertificateFormatException if there is no text, or text in UTF-16
     */
    PemReader(byte[] bytes, Predicate<String> wanted) throws CertificateFormatException {
        if (bytes.length == 0) {
            throw new CertificateFormatException("is empty (0 bytes); expected PEM or DER");
        }
        if (TextEncoding.isUtf16(bytes)) {
            throw new CertificateFormatException("is text in UTF-16; save it as UTF-8");
        }
        this.wanted = wanted;
        int start = TextEncoding.skipMark(bytes, 0, bytes.length);
        lines = new PemLines(bytes, start);
    }

    /** Returns whether the bytes contain a BEGIN or END marker. */
    static boolean hasMarker(byte[] bytes) {
        int dashes = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean marker = dashes >= DASHES.length() && (startsAt(bytes, i, "BEGIN ") || startsAt(bytes, i, "END "));
            if (marker) {
                return true;
            }
            dashes = bytes[i] == '-' ? dashes + 1 : 0;
        }
        return false;
    }

    /** Returns the label of the first BEGIN line, or empty if there is none. */
    static Optional<String> firstLabel(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
        return end < 0 || end > begin + LONGEST_LINE
                ? Optional.empty()
                : Optional.of(text.substring(begin + BEGIN.length(), end));
    }

    private static boolean startsAt(byte[] bytes, int start, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (start + i >= bytes.length || bytes[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the next block, or null if there is none. */
    @Nullable
    Block next() throws CertificateFormatException {
        while (lines.next()) {
            if (lines.startsWith(BEGIN)) {
                return block(label(BEGIN));
            }
            if (lines.contains(BEGIN) || lines.contains(END)) {
                throw problem(lines.startsWith(END) ? "has END without BEGIN" : "has other text before BEGIN or END");
            }
        }
        return null;
    }

    private Block block(String label) throws CertificateFormatException {
        int start = lines.number();
        boolean read = wanted.test(label);
        base64.clear();
        while (lines.next()) {
            if (read && lines.appendTo(base64)) {
                continue;
            }
            if (lines.startsWith(END)) {
                requireSame(label, label(END));
                return new Block(label, start, read ? decode(start) : new byte[0]);
            }
            if (lines.contains(DASHES)) {
                throw problem("is not an END line, but the block of line " + start + " has not ended");
            }
            if (read) {
                throw problem("is not base64 (expected A-Z a-z 0-9 + / and = at the end)");
            }
        }
        throw new CertificateFormatException(
                "the block of line " + start + " has no END line: the file is cut off or half written");
    }

    private String label(String marker) throws CertificateFormatException {
        String line = lines.text();
        int end = line.indexOf(DASHES, marker.length());
        if (end < 0) {
            throw problem(
                    "is a " + marker.substring(DASHES.length()).strip() + " line without its five dashes at the end");
        }
        if (end + DASHES.length() != line.length()) {
            throw problem("continues after its marker: BEGIN and END need lines of their own (were line breaks lost?)");
        }
        return line.substring(marker.length(), end);
    }

    private void requireSame(String begin, String end) throws CertificateFormatException {
        if (!begin.equals(end)) {
            throw problem("ends a block " + shown(end) + ", but the open block is " + shown(begin));
        }
    }

    /** A file may contain anything there, even a secret, so messages repeat only the usual labels. */
    private static String shown(String label) {
        return USUAL_LABEL.matcher(label).matches() ? SafeText.quoted(label) : TextOrigin.unshown(label);
    }

    private byte[] decode(int start) throws CertificateFormatException {
        if (base64.length() % 4 != 0) {
            throw new CertificateFormatException("the block of line " + start + " is not base64: it has "
                    + Counted.of(base64.length(), "characters") + ", which is not a multiple of 4 (was it cut off?)");
        }
        byte[] decoded = base64.decode();
        if (decoded == null) {
            throw new CertificateFormatException("the block of line " + start
                    + " is not base64: it has = before its end, or does not end as an encoder writes it");
        }
        return decoded;
    }

    private CertificateFormatException problem(String what) {
        return new CertificateFormatException("line " + lines.number() + " " + what);
    }
}
