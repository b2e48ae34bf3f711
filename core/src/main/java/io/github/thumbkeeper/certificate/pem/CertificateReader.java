/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.certificate.x509.DerElements;
import io.github.thumbkeeper.certificate.x509.DerFormats;
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
        List<String> warnings = readEach(bytes, certificate -> certificates.add(certificate.parsed()));
        return new Certificates(certificates, warnings);
    }

    /**
     * Reads all certificates one after the other, for files with too many to keep in memory or to parse; there is at least one.
     *
     * @param sink receives each certificate before the next is read
     * @return warnings for the administrator, each a sentence without a subject
     * @throws CertificateFormatException if there are none, or anything that is not a certificate
     * @throws E if the sink does
     */
    public static <E extends Exception> List<String> readEach(byte[] bytes, Sink<E> sink)
            throws CertificateFormatException, E {
        if (DerElements.isDer(bytes)) {
            readDer(bytes, sink);
            return List.of();
        }
        return readPem(new PemReader(bytes, CertificateReader::isWanted), sink);
    }

    private static boolean isWanted(String label) {
        return PemReader.CERTIFICATE_LABELS.contains(label) || PemReader.BUNDLE_LABELS.contains(label);
    }

    /** Reads a certificate or a bundle: authorities also send a bundle in a block with the label CERTIFICATE. */
    private static <E extends Exception> int readDer(byte[] der, Sink<E> sink) throws CertificateFormatException, E {
        if (!DerFormats.beginsWithIdentifier(der)) {
            sink.add(CheckedCertificate.of(der));
            return 1;
        }
        List<CheckedCertificate> bundle = Pkcs7.certificates(der);
        for (CheckedCertificate each : bundle) {
            sink.add(each);
        }
        return bundle.size();
    }

    /** Returns whether the bytes have a private key, in any form, and no certificate next to it. */
    public static boolean hasOnlyPrivateKeys(byte[] bytes) {
        if (!FileFormats.of(bytes).map(ContentFormat::isPrivateKey).orElse(false)) {
            return PemReader.firstLabel(bytes)
                            .filter(label -> label.endsWith("PARAMETERS"))
                            .isPresent()
                    && hasOnlyKeyBlocks(bytes);
        }
        return !PemReader.hasMarker(bytes) || hasOnlyKeyBlocks(bytes);
    }

    private static boolean hasOnlyKeyBlocks(byte[] bytes) {
        try {
            PemReader text = new PemReader(bytes, label -> false);
            boolean key = false;
            for (PemReader.Block block = text.next(); block != null; block = text.next()) {
                if (!block.isPrivateKey() && !block.isKeyParameters()) {
                    return false;
                }
                key |= block.isPrivateKey();
            }
            return key;
        } catch (CertificateFormatException e) {
            return false;
        }
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
         * @throws CertificateFormatException if its object was needed, and the JDK refuses to make one
         */
        void add(CheckedCertificate certificate) throws E, CertificateFormatException;
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
            if (block.isCertificate() || block.isBundle()) {
                certificates += read(block, sink);
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
                : FileFormats.ofLabel(block.label())
                        .map(format -> ", " + format.sentence().substring("is ".length()))
                        .orElse("; expected BEGIN CERTIFICATE");
        return new CertificateFormatException(
                "line " + block.line() + " begins a block of type " + block.shownLabel() + remedy);
    }

    private static <E extends Exception> int read(PemReader.Block block, Sink<E> sink)
            throws CertificateFormatException, E {
        try {
            if (block.isBundle() && !DerFormats.beginsWithIdentifier(block.der())) {
                throw new CertificateFormatException(
                        "is labelled " + block.shownLabel() + " and is not a PKCS #7 bundle");
            }
            return readDer(block.der(), sink);
        } catch (CertificateFormatException e) {
            throw new CertificateFormatException("the block of line " + block.line() + " " + e.getMessage(), e);
        }
    }
}
