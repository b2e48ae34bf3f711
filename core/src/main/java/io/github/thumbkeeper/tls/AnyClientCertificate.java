/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Dangerous without a gate behind it: lets every client certificate through the TLS handshake, so that anybody can present
 * any subject.
 *
 * <p>The handshake still proves that the client holds the private key. What it no longer tells is who issued the
 * certificate and whether it is in date. Stateless as far as clients are concerned.
 */
public abstract class AnyClientCertificate extends X509ExtendedTrustManager {

    /** For those that say which servers are trusted. */
    protected AnyClientCertificate() {}

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    /** Empty: a client that is told names of authorities sends no certificate of any other. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
