/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the tool shows of a live server. */
class ServerHandshakeTest {

    private static final String PASSWORD = "changeit";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final TestCertificate ca =
            TestCertificate.named("CN=Server CA").ca().build();
    private final TestCertificate server = TestCertificate.named("CN=server")
            .issuedBy(ca)
            .ipAddress("127.0.0.1")
            .build();
    private final TestCertificate clients =
            TestCertificate.named("CN=Clients CA").ca().build();

    @Test
    void reportsAServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }

        ToolRun run = ToolRun.of("thumbprint", "127.0.0.1:" + port);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("server [127.0.0.1:" + port + "] cannot be reached (ConnectException)");
    }

    @Test
    void reportsAPortWithoutTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, LOOPBACK)) {
            Thread server = new Thread(() -> answerPlainly(plain));
            server.start();

            ToolRun run = ToolRun.of("thumbprint", "127.0.0.1:" + plain.getLocalPort());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("does not complete the TLS handshake; is it a TLS port?");
            server.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void showsTheChainAndTheAuthoritiesOfAServerThatInsistsOnACertificate(String version) throws Exception {
        try (SSLServerSocket socket = listen(version)) {
            socket.setNeedClientAuth(true);

            ToolRun run = ask(socket);

            assertThat(run.status()).isZero();
            assertThat(run.out().lines())
                    .containsExactly(
                            "sha256:" + server.sha256() + "  CN=server  127.0.0.1:" + socket.getLocalPort(),
                            "sha256:" + ca.sha256() + "  CN=Server CA  127.0.0.1:" + socket.getLocalPort());
            assertThat(run.err()).contains("hint: the server asks for a client certificate of [CN=Clients CA]");
        }
    }

    @Test
    void saysThatAServerAsksForNoCertificate() throws Exception {
        try (SSLServerSocket socket = listen("TLSv1.3")) {
            assertThat(ask(socket).err()).contains("the server asks for no client certificate in its handshake");
        }
    }

    private static ToolRun ask(SSLServerSocket socket) throws InterruptedException {
        Thread server = new Thread(() -> shakeHands(socket));
        server.start();
        ToolRun run = ToolRun.of("thumbprint", "127.0.0.1:" + socket.getLocalPort());
        server.join();
        return run;
    }

    private SSLServerSocket listen(String version) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(server.keyStore(PASSWORD), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(TestKeyStores.trusted(Map.of("clients", clients.certificate())));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, LOOPBACK);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    private static void shakeHands(SSLServerSocket socket) {
        try (SSLSocket client = (SSLSocket) socket.accept()) {
            client.startHandshake();
        } catch (IOException e) {
            // The client has no certificate.
        }
    }

    private static void answerPlainly(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The client has gone.
        }
    }
}
