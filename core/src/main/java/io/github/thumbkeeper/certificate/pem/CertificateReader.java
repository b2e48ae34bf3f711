/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads X.509 certificates from PEM or DER, and refuses what is not exactly that.
 *
 * <p>The encoding is told by content. Each block or DER input must be one certificate, byte for byte and element for element: the
 * JDK itself ignores bytes that follow, and elements too (see {@link CertificateSyntax}). Accepted are the labels {@code CERTIFICATE} and {@code X509 CERTIFICATE} of RFC 7468, text
 * around the blocks, any line ending and a UTF-8 byte order mark. Private keys beside the certificates are passed over
 * unread, with a warning. Safe for use by several threads.
 */
public final class CertificateReader {

    private static final String ACCEPTED = "; accepted are PEM (BEGIN CERTIFICATE) and DER";

    private CertificateReader() {}

    /**
     * Reads all certificates; there is at least one.
     *
     * @throws CertificateFormatException if there is none, or anything that is not a certificate
     */
    public static Certificates readAll(byte[] bytes) throws CertificateFormatException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<String> warnings = readEach(bytes, certificates::add);
        return new Certificates(certificates, warnings);
    }

    /**
     * Reads all certificates one after the other, for files with more of them than are to be held; there is at least one.
     *
     * @param sink takes each certificate before the next is read
     * @return what the administrator should know, each a sentence without a subject of its own
     * @throws CertificateFormatException if there is none, or anything that is not a certificate
     * @throws E if the sink does
     */
    public static <E extends Exception> List<String> readEach(byte[] bytes, Sink<E> sink)
            throws CertificateFormatException, E {
        if (CertificateParser.isDer(bytes)) {
            sink.add(CertificateParser.parse(bytes));
            return List.of();
        }
        requireText(bytes);
        return readPem(new PemText(bytes, hasUtf8Mark(bytes) ? 3 : 0), sink);
    }

    /**
     * Takes certificates one after the other.
     *
     * @param <E> what it throws
     */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        /**
         * Takes the next certificate.
         *
         * @throws E if it cannot be used
         */
        void add(X509Certificate certificate) throws E;
    }

    /**
     * Reads the one certificate there is.
     *
     * @throws CertificateFormatException if there is none, more than one, or anything that is not a certificate
     */
    public static X509Certificate readOne(byte[] bytes) throws CertificateFormatException {
        List<X509Certificate> all = readAll(bytes).certificates();
        if (all.size() != 1) {
            throw new CertificateFormatException("holds " + all.size() + " certificates; exactly one is accepted");
        }
        return all.get(0);
    }

    /** Returns whether {@link #readAll} is the reader to ask: for DER, for text with a PEM marker, and for UTF-16. */
    public static boolean recognises(byte[] bytes) {
        return CertificateParser.isDer(bytes) || isUtf16(bytes) || PemText.hasMarker(bytes);
    }

    private static <E extends Exception> List<String> readPem(PemText text, Sink<E> sink)
            throws CertificateFormatException, E {
        List<String> warnings = new ArrayList<>();
        int certificates = 0;
        for (PemText.Block block = text.next(); block != null; block = text.next()) {
            if (block.isCertificate()) {
                sink.add(parse(block));
                certificates++;
            } else if (block.isPrivateKey()) {
                warnings.add(
                        "line " + block.line() + " begins a private key; it was not read and should not be kept here");
            } else if (!block.isKeyParameters()) {
                throw foreign(block);
            }
        }
        if (certificates == 0) {
            String found = warnings.isEmpty() ? "" : ", only a private key";
            throw new CertificateFormatException("holds no certificate" + found + ACCEPTED);
        }
        return warnings;
    }

    private static CertificateFormatException foreign(PemText.Block block) {
        String remedy = block.label().equals("TRUSTED CERTIFICATE")
                ? "; OpenSSL's own form carries trust settings, convert it with openssl x509 -in FILE -out FILE"
                : "; accepted is BEGIN CERTIFICATE only";
        return new CertificateFormatException(
                "line " + block.line() + " begins a block of type " + block.shownLabel() + remedy);
    }

    private static X509Certificate parse(PemText.Block block) throws CertificateFormatException {
        try {
            return CertificateParser.parse(block.der());
        } catch (CertificateFormatException e) {
            throw new CertificateFormatException("the block of line " + block.line() + " " + e.getMessage(), e);
        }
    }

    private static void requireText(byte[] bytes) throws CertificateFormatException {
        if (bytes.length == 0) {
            throw new CertificateFormatException("is empty (0 bytes)" + ACCEPTED);
        }
        if (isUtf16(bytes)) {
            throw new CertificateFormatException("is text in UTF-16; save it as UTF-8");
        }
    }

    private static boolean hasUtf8Mark(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        boolean marked = first == 0xFEFF || first == 0xFFFE;
        boolean ascii = ((first & 0xFF80) == 0 && first > 0x08) || ((first & 0x80FF) == 0 && first > 0x08FF);
        return marked || ascii;
    }
}
