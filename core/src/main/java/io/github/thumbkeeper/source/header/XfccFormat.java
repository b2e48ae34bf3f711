/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.source.PresentedCertificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Forwarded-Client-Cert}. Envoy does not quote the names of a certificate, so a client can put pairs and elements into
 * its names (Envoy #32945). Therefore a certificate counts only together with its hash, and only if the number of elements is
 * the number of proxies. Immutable and thread-safe.
 */
final class XfccFormat implements HeaderFormat {

    private final int hops;
    private final boolean hashOnly;

    /**
     * Makes the format.
     *
     * @param hops the expected number of elements; the first is the client's
     * @param hashOnly whether a hash counts without the certificate
     */
    XfccFormat(int hops, boolean hashOnly) {
        this.hops = hops;
        this.hashOnly = hashOnly;
    }

    @Override
    public PresentedCertificate read(ForwardedFields fields) throws BadHeaderException {
        List<XfccElement> elements = new XfccText(fields.certificate()).elements();
        if (elements.size() != hops) {
            throw new BadHeaderException("does not have as many elements as proxyHops says");
        }
        XfccElement client = elements.get(0);
        byte[] hash = client.hash();
        String certificate = client.certificate();
        if (hash != null && certificate == null && hashOnly) {
            return new PresentedCertificate.HashOnly(Thumbprint.ofDigest(DigestAlgorithm.SHA256, hash));
        }
        if (hash == null || certificate == null) {
            throw new BadHeaderException("does not have both Hash and Cert");
        }
        return forwarded(hash, EncodedCertificate.pem(PercentEncoding.decode(certificate)), client.chain());
    }

    private static PresentedCertificate forwarded(byte[] sha256, X509Certificate certificate, @Nullable String chain)
            throws BadHeaderException {
        if (!Arrays.equals(sha256, digest(certificate))) {
            throw new BadHeaderException("has a Hash that is not that of Cert");
        }
        return PresentedCertificate.Found.of(certificate, chain == null ? List.of() : others(certificate, chain));
    }

    /** Envoy begins the chain with the certificate itself, other proxies leave it out. The chain is a claim of the client anyway. */
    private static List<X509Certificate> others(X509Certificate certificate, String chain) throws BadHeaderException {
        List<X509Certificate> all = EncodedCertificate.pemChain(PercentEncoding.decode(chain));
        return all.get(0).equals(certificate) ? all.subList(1, all.size()) : all;
    }

    private static byte[] digest(X509Certificate certificate) throws BadHeaderException {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256).toBytes();
        } catch (CertificateEncodingException e) {
            throw new BadHeaderException("has a certificate without DER form");
        }
    }
}
