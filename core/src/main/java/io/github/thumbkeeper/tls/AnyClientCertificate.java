/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import io.github.thumbkeeper.certificate.limits.ChainLimits;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Dangerous without a gate: lets every client certificate through the TLS handshake, so that a client can present any subject.
 *
 * <p>It does not check a client's identity. The handshake still proves that the client holds the private key; it no longer proves who
 * issued the certificate and that it is in date.
 *
 * <p>It limits the cost of a client's certificates. Beyond a limit the handshake ends before the JDK verifies any signature with the
 * client's key:
 *
 * <ul>
 *   <li>10 certificates in the chain
 *   <li>16384 bytes in each encoded certificate, 65536 in all of them together
 *   <li>RSA: modulus 8192 bits, public exponent 33 bits
 *   <li>DSA: p, g and y 3072 bits, q 256 bits; parameters must be present
 *   <li>EC: field and order of the curve 521 bits
 *   <li>every kind of key: 4096 bytes encoded
 * </ul>
 *
 * <p>While no gate runs in this JVM, {@code TK-419} is logged for the first client certificate, then hourly. Thread-safe for
 * clients.
 */
public abstract class AnyClientCertificate extends X509ExtendedTrustManager {

    private static final UnguardedHandshakes UNGUARDED = new UnguardedHandshakes();

    /** For subclasses, which decide about servers. */
    protected AnyClientCertificate() {}

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    private static void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new IllegalArgumentException("the client's chain is empty; expected its certificate");
        }
        ChainLimits.check(chain);
        UNGUARDED.reportIfNoGateRuns();
    }

    /** Returns an empty array: a client that receives names of authorities does not send certificates of any other. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
