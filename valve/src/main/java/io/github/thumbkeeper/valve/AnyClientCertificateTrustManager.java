/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.tls.AnyClientCertificate;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/**
 * Dangerous without a gate behind it: a trust manager that lets every client certificate through the TLS handshake, so that
 * anybody can present any subject.
 *
 * <p>With it a connector takes certificates that no authority has issued, and the gate decides about them by thumbprint. The
 * handshake still proves that the client holds the private key. What it no longer tells is who issued the certificate and
 * whether it is in date; so nothing behind such a connector may believe a subject, Tomcat's own CLIENT-CERT login least of
 * all. For {@code trustManagerClassName} of an {@code SSLHostConfig}, with JSSE and {@code
 * certificateVerification="optional"}.
 *
 * <p>{@linkplain AnyClientCertificate Limits} on keys, sizes and the length of the chain end a handshake that would cost too
 * much CPU.
 *
 * <p>It trusts no server. Thread-safe.
 */
public final class AnyClientCertificateTrustManager extends AnyClientCertificate {

    /** Makes the trust manager; Tomcat calls this. */
    public AnyClientCertificateTrustManager() {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw trustsNoServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw trustsNoServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw trustsNoServer();
    }

    private static CertificateException trustsNoServer() {
        return new CertificateException("this trust manager is for client certificates only");
    }
}
