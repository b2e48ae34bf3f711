/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.limits;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Limits on the certificates that a client sends: their number, their size, and {@linkplain KeySizeLimits their keys}. */
public final class ChainLimits {

    /** Largest number of certificates in a chain, including the client's own. */
    public static final int MOST_CERTIFICATES = 10;

    private static final int MOST_BYTES = 1 << 14;
    private static final int MOST_BYTES_TOGETHER = 1 << 16;

    private ChainLimits() {}

    /**
     * Checks all certificates of a client, without using any of their keys.
     *
     * @throws CertificateException if the chain exceeds a limit; the message has only numbers, no text of the client
     */
    public static void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length > MOST_CERTIFICATES) {
            throw new CertificateException(
                    "the chain has [" + chain.length + "] certificates; expected at most " + MOST_CERTIFICATES);
        }
        int together = 0;
        for (int i = 0; i < chain.length; i++) {
            try {
                together += checkedSize(chain[i]);
                KeySizeLimits.check(chain[i].getPublicKey());
            } catch (CertificateException e) {
                throw new CertificateException(
                        "certificate " + (i + 1) + " of " + chain.length + ": " + e.getMessage(), e);
            }
        }
        if (together > MOST_BYTES_TOGETHER) {
            throw new CertificateException(
                    "the encoded chain has [" + together + "] bytes; expected at most " + MOST_BYTES_TOGETHER);
        }
    }

    /**
     * Returns the encoded size of a certificate, at most 16384 bytes.
     *
     * @throws CertificateException if the certificate is larger or cannot be encoded
     */
    public static int checkedSize(X509Certificate certificate) throws CertificateException {
        int size = certificate.getEncoded().length;
        if (size > MOST_BYTES) {
            throw new CertificateException(
                    "the encoded certificate has [" + size + "] bytes; expected at most " + MOST_BYTES);
        }
        return size;
    }
}
