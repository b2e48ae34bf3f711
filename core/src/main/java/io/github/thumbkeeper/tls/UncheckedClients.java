/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lets every client through, and checks servers by another trust manager. Thread-safe if that one is. */
final class UncheckedClients extends AnyClientCertificate {

    private final X509ExtendedTrustManager servers;

    UncheckedClients(X509ExtendedTrustManager servers) {
        this.servers = servers;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        servers.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        servers.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        servers.checkServerTrusted(chain, authType, engine);
    }
}
