/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import io.github.thumbkeeper.certificate.limits.ChainLimits;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Dangerous without a gate behind it: lets every client certificate through the TLS handshake, so that anybody can present
 * any subject.
 *
 * <p>It checks nothing about a client's identity. The handshake still proves that the client holds the private key. What it no
 * longer tells is who issued the certificate and whether it is in date.
 *
 * <p>It checks what a client's certificates cost. Beyond a limit the handshake ends before the JDK verifies any signature with
 * the client's key:
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
 * <p>While no gate runs in this JVM, each client certificate is a danger, so the log has {@code TK-419}: at the first one, then
 * hourly. Thread-safe as far as clients are concerned.
 */
public abstract class AnyClientCertificate extends X509ExtendedTrustManager {

    private static final UnguardedHandshakes UNGUARDED = new UnguardedHandshakes();

    /** For those that say which servers are trusted. */
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

    /** Empty: a client that is told names of authorities sends no certificate of any other. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
