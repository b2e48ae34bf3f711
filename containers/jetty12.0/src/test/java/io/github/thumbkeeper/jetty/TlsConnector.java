/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jetty;

import io.github.thumbkeeper.tls.AnyClientCertificateProvider;
import java.security.Security;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The recipe for the connector in docs/containers/jetty.md. */
final class TlsConnector {

    private TlsConnector() {}

    static ServerConnector create(Server server, String keyStore, int port) {
        // Self-signed clients: the handshake takes them all, and the gate decides.
        Security.addProvider(new AnyClientCertificateProvider());
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setTrustManagerFactoryAlgorithm(AnyClientCertificateProvider.ALGORITHM);
        tls.setKeyStorePath(keyStore);
        tls.setKeyStorePassword("changeit");
        // A certificate is asked for, and not demanded.
        tls.setWantClientAuth(true);

        HttpConfiguration configuration = new HttpConfiguration();
        // This hands the certificate to the application. The host is not checked, for addresses like 127.0.0.1.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }
}
