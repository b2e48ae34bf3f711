/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS client that presents exactly the certificate it was given. Thread-safe. */
public final class TlsClient {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofSeconds(30);

    private final HttpClient client;
    private final SSLContext context;

    private TlsClient(HttpClient client, SSLContext context) {
        this.client = client;
        this.context = context;
    }

    /** Starts a client that trusts only these server certificates and those they issued. */
    public static Builder trusting(X509Certificate... server) {
        return new Builder(server);
    }

    /** Gets the resource; gives up after 30 seconds. */
    public HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).timeout(ANSWERING).build());
    }

    /** Asks for the resource and does not wait for the answer; with HTTP/2 many share the one connection. */
    public CompletableFuture<HttpResponse<String>> getAsync(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWERING).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    /** Sends the request and reads the answer as text. */
    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** The TLS settings of this client, for a test that speaks HTTP by hand. */
    public SSLContext sslContext() {
        return context;
    }

    /** Collects the settings of a client. Not thread-safe. */
    public static final class Builder {
        private final X509Certificate[] server;
        private KeyManager[] keys = {};
        private String[] protocols = {"TLSv1.3", "TLSv1.2"};
        private HttpClient.Version version = HttpClient.Version.HTTP_1_1;

        private Builder(X509Certificate[] server) {
            this.server = server;
        }

        /** Presents this certificate and its chain, whatever issuers the server names. */
        public Builder presenting(TestCertificate certificate) {
            return presentingChain(certificate.privateKey(), certificate.chain().toArray(X509Certificate[]::new));
        }

        /** Presents this chain, leaf first, whatever issuers the server names. */
        public Builder presentingChain(PrivateKey key, X509Certificate... chain) {
            keys = new KeyManager[] {new StubbornKeyManager(key, List.of(chain))};
            return this;
        }

        /** Speaks only this version of TLS, as {@code TLSv1.3}. */
        public Builder tls(String protocol) {
            protocols = new String[] {protocol};
            return this;
        }

        /** Offers HTTP/2, which the server may decline; HTTP/1.1 only when false, the default. */
        public Builder http2(boolean offered) {
            version = offered ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
            return this;
        }

        /** Makes the client. */
        public TlsClient build() {
            SSLContext context = sslContext();
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(context)
                    .sslParameters(new SSLParameters(null, protocols))
                    .version(version)
                    .connectTimeout(CONNECTING)
                    .build();
            return new TlsClient(client, context);
        }

        /** Makes the TLS settings alone, for a test that speaks HTTP by hand and makes very many of them. */
        public SSLContext sslContext() {
            try {
                TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
                trust.init(trusted());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys, trust.getTrustManagers(), null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Cannot set up TLS for the client", e);
            }
        }

        private KeyStore trusted() {
            Map<String, X509Certificate> aliases = new HashMap<>();
            for (X509Certificate certificate : server) {
                aliases.put("server" + aliases.size(), certificate);
            }
            return TestKeyStores.trusted(aliases);
        }
    }
}
