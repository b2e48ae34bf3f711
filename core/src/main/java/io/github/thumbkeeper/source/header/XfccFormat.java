/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
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
    public ForwardedClient read(ForwardedFields fields) throws BadHeaderException {
        List<XfccElement> elements = new XfccText(fields.certificate()).elements();
        if (elements.size() != hops) {
            throw new BadHeaderException("has " + elements.size() + (elements.size() == 1 ? " element" : " elements")
                    + "; proxyHops=" + hops + " expects " + hops);
        }
        XfccElement client = elements.get(0);
        byte[] hash = client.hash();
        String certificate = client.certificate();
        if (hash != null && certificate == null && hashOnly) {
            return new ForwardedClient.Hash(Thumbprint.ofDigest(DigestAlgorithm.SHA256, hash));
        }
        if (hash == null || certificate == null) {
            throw missing(hash != null, certificate != null);
        }
        return forwarded(hash, certificate(certificate), client.chain());
    }

    private BadHeaderException missing(boolean hash, boolean certificate) {
        String found =
                hash ? "has Hash without Cert" : certificate ? "has Cert without Hash" : "has no Hash and no Cert";
        String remedy = hash && !hashOnly ? "; let the proxy send Cert too, or set xfccHashOnly=true" : "";
        return new BadHeaderException(found + remedy);
    }

    private static X509Certificate certificate(String text) throws BadHeaderException {
        try {
            return EncodedCertificate.pem(PercentEncoding.decode(text));
        } catch (BadHeaderException e) {
            throw e.in("Cert");
        }
    }

    private static ForwardedClient forwarded(byte[] sha256, X509Certificate certificate, @Nullable String chain)
            throws BadHeaderException {
        if (!Arrays.equals(sha256, digest(certificate))) {
            throw new BadHeaderException("has a Hash that is not the SHA-256 of Cert");
        }
        return chain == null
                ? ForwardedClient.Certificate.alone(certificate)
                : new ForwardedClient.Certificate(certificate, ForwardedClient.Chain.parse(certificate, blocks(chain)));
    }

    private static List<byte[]> blocks(String chain) throws BadHeaderException {
        try {
            return EncodedCertificate.pemBlocks(PercentEncoding.decode(chain));
        } catch (BadHeaderException e) {
            throw e.in("Chain");
        }
    }

    private static byte[] digest(X509Certificate certificate) throws BadHeaderException {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256).toBytes();
        } catch (CertificateEncodingException e) {
            throw new BadHeaderException("has a certificate without DER form");
        }
    }
}
