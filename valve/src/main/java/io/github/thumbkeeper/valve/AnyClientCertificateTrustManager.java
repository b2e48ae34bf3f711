/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.tls.AnyClientCertificate;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/**
 * Dangerous without a gate: a trust manager that lets every client certificate pass the TLS handshake, so that any client can
 * present any subject.
 *
 * <p>A connector with this trust manager accepts certificates that no authority has issued; a {@link ClientCertificateValve}
 * then decides by thumbprint. Use it with JSSE and {@code certificateVerification="optional"}:
 *
 * <pre>{@code
 * <SSLHostConfig certificateVerification="optional"
 *                trustManagerClassName="io.github.thumbkeeper.valve.AnyClientCertificateTrustManager">
 *   <Certificate certificateFile="conf/server.pem" certificateKeyFile="conf/server-key.pem"/>
 * </SSLHostConfig>
 * }</pre>
 *
 * <p>The handshake still proves that the client holds the private key. It does not prove who issued the certificate, nor that it
 * is in its period of validity. Therefore no application of such a connector may trust a subject, and Tomcat's own CLIENT-CERT
 * login must not be used. The valve refuses to start, or logs an error, if it finds such an application.
 *
 * <p>{@linkplain AnyClientCertificate Limits} on keys, sizes and the length of the chain end a handshake that would cost too
 * much CPU. A rejected handshake is a {@link CertificateException}, which the client sees as a TLS alert. Server certificates
 * are always rejected: do not use this trust manager for outgoing connections.
 *
 * <p>Immutable and thread-safe.
 *
 * @see ClientCertificateValve
 * @see io.github.thumbkeeper.tls.AnyClientCertificateProvider
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
