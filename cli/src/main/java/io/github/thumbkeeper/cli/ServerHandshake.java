/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one TLS handshake: its certificates, and which certificates it asks of clients. Sends no certificate and no
 * request, so nothing that the server sends is believed, only shown.
 */
final class ServerHandshake {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MOST_NAMED = 20;

    private final Seen seen;

    private ServerHandshake(Seen seen) {
        this.seen = seen;
    }

    /** The handshake gave no certificate; the message is a clause about the server. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String why, Exception cause) {
            super(why, cause);
        }
    }

    /**
     * Makes the handshake.
     *
     * @throws FailedException if the server cannot be reached, or shows no certificate
     */
    static ServerHandshake with(ServerAddress server) throws FailedException {
        Seen seen = new Seen();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(server.host(), server.port()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {seen.keys}, new TrustManager[] {seen.trust}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), true)) {
                name(server, socket);
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException e) {
            // A server that insists on a certificate ends the handshake after it has shown its own.
            if (seen.chain.isEmpty()) {
                throw new FailedException(why(e), e);
            }
        }
        if (seen.chain.isEmpty()) {
            throw new FailedException("shows no certificate", new SSLException("no certificate"));
        }
        return new ServerHandshake(seen);
    }

    /** Sends the name of the server (RFC 6066 section 3), which selects its certificate; an address is not a name. */
    private static void name(ServerAddress server, SSLSocket socket) {
        boolean address = server.host().contains(":") || server.host().matches("[0-9.]+");
        if (!address) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(server.host())));
            socket.setSSLParameters(parameters);
        }
    }

    private static String why(Exception e) {
        if (e instanceof UnknownHostException) {
            return "has no address: its name is unknown";
        }
        if (e instanceof SocketTimeoutException) {
            return "does not answer within 10 seconds";
        }
        return e instanceof SSLException
                ? "does not complete the TLS handshake; is it a TLS port?"
                : "cannot be reached (" + e.getClass().getSimpleName() + ")";
    }

    /** Returns the server's chain, its own certificate first. */
    List<X509Certificate> chain() {
        return seen.chain;
    }

    /** Returns a certificate of the chain as an item to print, with its subject as the label. */
    StoreItem item(String source, X509Certificate certificate) throws CertificateEncodingException {
        return new StoreItem(
                source,
                Entry.of(Thumbprint.of(certificate, DigestAlgorithm.SHA256), DistinguishedNames.subjectOf(certificate)),
                certificate);
    }

    /** Returns sentences about the client certificates that the server asks for. */
    List<String> remarks() {
        if (!seen.asked) {
            return List.of("the server asks for no client certificate in its handshake");
        }
        if (seen.authorities.isEmpty()) {
            return List.of("the server asks for a client certificate of any authority");
        }
        String more =
                seen.authorities.size() > MOST_NAMED ? ", and " + (seen.authorities.size() - MOST_NAMED) + " more" : "";
        return List.of("the server asks for a client certificate of "
                + String.join(
                        ", ",
                        seen.authorities.stream()
                                .limit(MOST_NAMED)
                                .map(name -> "[" + name + "]")
                                .toList())
                + more);
    }

    /** What the handshake has shown so far. */
    private static final class Seen {
        private volatile List<X509Certificate> chain = List.of();
        private volatile boolean asked;
        private volatile List<String> authorities = List.of();
        private final X509ExtendedTrustManager trust = new Trust(this);
        private final X509ExtendedKeyManager keys = new Keys(this);

        private void ask(Principal @Nullable [] issuers) {
            asked = true;
            authorities = issuers == null
                    ? List.of()
                    : Arrays.stream(issuers)
                            .filter(X500Principal.class::isInstance)
                            .map(each -> DistinguishedNames.printable((X500Principal) each))
                            .toList();
        }
    }

    /** Notes the chain, and believes it: nothing is sent to the server afterwards. */
    private static final class Trust extends X509ExtendedTrustManager {
        private final Seen seen;

        Trust(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            seen.chain = List.of(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("the tool is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Notes which authorities the server names, and has no certificate. */
    private static final class Keys extends X509ExtendedKeyManager {
        private final Seen seen;

        Keys(Seen seen) {
            this.seen = seen;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            seen.ask(issuers);
            return null;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            seen.ask(issuers);
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
