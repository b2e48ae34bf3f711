/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.pem.FileFormats;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an upload: certificates in PEM, DER or PKCS #7, a PKCS #12 file with its password, or thumbprints and pins as text.
 *
 * <p>A private key is refused unread, and never stored or logged. Of a PKCS #12 file only the certificates are taken, one for each
 * private key, or all if it has none. Thread-safe.
 */
public final class UploadReader {

    /** Most certificates of one upload. */
    public static final int MOST_ITEMS = 200;

    /** Most iterations of all parts of a file: OpenSSL and the JDK use 2 048 and 10 000 for each, others some hundred thousand. */
    private static final long MOST_ITERATIONS = 2_000_000;

    private UploadReader() {}

    /**
     * Items of an upload.
     *
     * @param items at least one
     * @param droppedKeys the number of private keys of a PKCS #12 file that were not kept
     */
    public record Upload(List<UploadItem> items, int droppedKeys) {
        public Upload {
            items = List.copyOf(items);
        }
    }

    /**
     * Reads an upload.
     *
     * @param password the password of a PKCS #12 file; empty for none
     * @throws BadUploadException if it cannot be used
     */
    public static Upload read(byte[] content, String password) throws BadUploadException {
        ContentFormat format = FileFormats.of(content).orElse(null);
        if (hasPrivateKey(content, format)) {
            throw new BadUploadException("privateKey", "");
        }
        Upload upload = format == ContentFormat.PKCS12 ? pkcs12(content, password) : plain(content, format);
        if (upload.items.size() > MOST_ITEMS) {
            throw new BadUploadException("tooMany", String.valueOf(upload.items.size()));
        }
        return upload;
    }

    /**
     * Refuses more than one PKCS #12 file in a request, because each takes long to open.
     *
     * @throws BadUploadException if there are several
     */
    public static void refuseSeveralPkcs12(List<byte[]> contents) throws BadUploadException {
        long count = contents.stream()
                .filter(content -> FileFormats.of(content).orElse(null) == ContentFormat.PKCS12)
                .count();
        if (count > 1) {
            throw new BadUploadException("severalPkcs12", "");
        }
    }

    private static boolean hasPrivateKey(byte[] content, @Nullable ContentFormat format) {
        return (format != null && format.isPrivateKey())
                || new String(content, StandardCharsets.ISO_8859_1)
                        .toUpperCase(Locale.ROOT)
                        .contains("PRIVATE KEY-----");
    }

    private static Upload plain(byte[] content, @Nullable ContentFormat format) throws BadUploadException {
        try {
            if (CertificateReader.recognises(content)) {
                return certificates(CertificateReader.readAll(content).certificates(), 0);
            }
        } catch (CertificateFormatException e) {
            throw new BadUploadException("format", String.valueOf(e.getMessage()));
        }
        if (format != null) {
            throw new BadUploadException("format", format.sentence());
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new BadUploadException("empty", "");
        }
        return digests(text);
    }

    private static Upload certificates(List<X509Certificate> certificates, int droppedKeys) throws BadUploadException {
        // Checked before each is decoded and described.
        if (certificates.size() > MOST_ITEMS) {
            throw new BadUploadException("tooMany", String.valueOf(certificates.size()));
        }
        Map<String, UploadItem> items = new LinkedHashMap<>();
        for (X509Certificate certificate : certificates) {
            CertificateView view = CertificateView.of(certificate);
            items.putIfAbsent(view.sha256(), new UploadItem.OfCertificate(view));
        }
        return new Upload(List.copyOf(items.values()), droppedKeys);
    }

    private static Upload digests(String text) throws BadUploadException {
        ParsedDigests<? extends CertificateDigest> pins = PublicKeyPinParser.parseList(text);
        ParsedDigests<? extends CertificateDigest> digests =
                pins.problems().isEmpty() && !pins.digests().isEmpty() ? pins : ThumbprintParser.parseList(text);
        if (!digests.problems().isEmpty()) {
            throw new BadUploadException("text", digests.problems().get(0));
        }
        if (digests.digests().isEmpty()) {
            throw new BadUploadException("empty", "");
        }
        List<UploadItem> items = new ArrayList<>();
        digests.digests().forEach(digest -> items.add(new UploadItem.OfDigest(digest)));
        return new Upload(items, 0);
    }

    private static Upload pkcs12(byte[] content, String password) throws BadUploadException {
        if (Iterations.sum(content) > MOST_ITERATIONS) {
            throw new BadUploadException("iterations", String.valueOf(MOST_ITERATIONS));
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.toCharArray());
            List<X509Certificate> ofKeys = new ArrayList<>();
            List<X509Certificate> others = new ArrayList<>();
            int keys = 0;
            for (String alias : Collections.list(store.aliases())) {
                boolean isKey = store.isKeyEntry(alias);
                keys += isKey ? 1 : 0;
                Certificate certificate = store.getCertificate(alias);
                if (certificate instanceof X509Certificate x509) {
                    (isKey ? ofKeys : others).add(parsedAgain(x509));
                }
            }
            List<X509Certificate> taken = ofKeys.isEmpty() ? others : ofKeys;
            if (taken.isEmpty()) {
                throw new BadUploadException("noCertificate", "");
            }
            return certificates(taken, keys);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new BadUploadException(password.isEmpty() ? "passwordMissing" : "password", "");
        }
    }

    /** A key store takes certificates that our own parser refuses. */
    private static X509Certificate parsedAgain(X509Certificate certificate)
            throws GeneralSecurityException, BadUploadException {
        try {
            return CertificateReader.readOne(certificate.getEncoded());
        } catch (CertificateFormatException e) {
            throw new BadUploadException("format", String.valueOf(e.getMessage()));
        }
    }
}
