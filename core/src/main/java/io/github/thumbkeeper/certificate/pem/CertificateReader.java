/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.certificate.x509.DerElements;
import io.github.thumbkeeper.message.Counted;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads X.509 certificates from PEM or DER, and refuses everything else.
 *
 * <p>The content decides which of the two it is. Each PEM block or DER input must be one certificate, byte for byte and element for
 * element: the JDK itself ignores bytes that follow, and elements too (see {@link CertificateSyntax}). A PEM file may have text
 * around its blocks, any line ending and a UTF-8 byte order mark; its labels are {@code CERTIFICATE} or, as in RFC 7468,
 * {@code X509 CERTIFICATE}. A private key next to the certificates is skipped unread, with a warning. Thread-safe.
 */
public final class CertificateReader {

    private static final String EXPECTED = "; expected PEM (BEGIN CERTIFICATE) or DER";

    private CertificateReader() {}

    /**
     * Reads all certificates; there is at least one.
     *
     * @throws CertificateFormatException if there are none, or anything that is not a certificate
     */
    public static Certificates readAll(byte[] bytes) throws CertificateFormatException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<String> warnings = readEach(bytes, certificates::add);
        return new Certificates(certificates, warnings);
    }

    /**
     * Reads all certificates one after the other, for files with too many to keep in memory; there is at least one.
     *
     * @param sink receives each certificate before the next is read
     * @return warnings for the administrator, each a sentence without a subject
     * @throws CertificateFormatException if there are none, or anything that is not a certificate
     * @throws E if the sink does
     */
    public static <E extends Exception> List<String> readEach(byte[] bytes, Sink<E> sink)
            throws CertificateFormatException, E {
        if (DerElements.isDer(bytes)) {
            sink.add(CertificateParser.parse(bytes));
            return List.of();
        }
        return readPem(new PemReader(bytes, PemReader.CERTIFICATE_LABELS::contains), sink);
    }

    /**
     * Receives certificates one after another.
     *
     * @param <E> its exception
     */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        /**
         * Receives the next certificate.
         *
         * @throws E if it cannot be used
         */
        void add(X509Certificate certificate) throws E;
    }

    /**
     * Reads exactly one certificate.
     *
     * @throws CertificateFormatException if there is none, more than one, or anything that is not a certificate
     */
    public static X509Certificate readOne(byte[] bytes) throws CertificateFormatException {
        List<X509Certificate> all = readAll(bytes).certificates();
        if (all.size() != 1) {
            throw new CertificateFormatException(
                    "has " + Counted.of(all.size(), "certificates") + "; expected exactly one");
        }
        return all.get(0);
    }

    /** Returns whether {@link #readAll} gives the best message or result: for DER, for text with a PEM marker, and for UTF-16. */
    public static boolean recognises(byte[] bytes) {
        return DerElements.isDer(bytes) || TextEncoding.isUtf16(bytes) || PemReader.hasMarker(bytes);
    }

    private static <E extends Exception> List<String> readPem(PemReader text, Sink<E> sink)
            throws CertificateFormatException, E {
        List<String> warnings = new ArrayList<>();
        int certificates = 0;
        for (PemReader.Block block = text.next(); block != null; block = text.next()) {
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
            throw new CertificateFormatException("holds no certificate" + found + EXPECTED);
        }
        return warnings;
    }

    private static CertificateFormatException foreign(PemReader.Block block) {
        String remedy = block.label().equals("TRUSTED CERTIFICATE")
                ? "; OpenSSL's own form carries trust settings, convert it with openssl x509 -in FILE -out FILE"
                : "; expected BEGIN CERTIFICATE";
        return new CertificateFormatException(
                "line " + block.line() + " begins a block of type " + block.shownLabel() + remedy);
    }

    private static X509Certificate parse(PemReader.Block block) throws CertificateFormatException {
        try {
            return CertificateParser.parse(block.der());
        } catch (CertificateFormatException e) {
            throw new CertificateFormatException("the block of line " + block.line() + " " + e.getMessage(), e);
        }
    }
}
