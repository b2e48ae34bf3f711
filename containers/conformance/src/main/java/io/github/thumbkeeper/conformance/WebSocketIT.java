/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An upgrade is judged like any other request. */
@ExtendWith(ArquillianExtension.class)
class WebSocketIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("sockets")
                .with("thumbprints", People.ALICE.sha256())
                .withSocket()
                .guarded();
    }

    @Test
    void refusesTheUpgradeWithoutAListedCertificate() {
        assertRefused(null);
        assertRefused(People.MALLORY);
    }

    @Test
    void upgradesWithAListedCertificate() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = connect(People.ALICE, answer).get(30, TimeUnit.SECONDS);

        socket.sendText("hello", true).get(30, TimeUnit.SECONDS);

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("echo hello");
        socket.abort();
    }

    private static void assertRefused(@Nullable TestCertificate certificate) {
        Throwable failure = catchThrowable(
                () -> connect(certificate, new CompletableFuture<>()).get(30, TimeUnit.SECONDS));

        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(401));
    }

    private static CompletableFuture<WebSocket> connect(
            @Nullable TestCertificate certificate, CompletableFuture<String> answer) {
        URI address = Site.current().https("/sockets/socket");
        return HttpClient.newBuilder()
                .sslContext(Connection.USUAL.of(certificate).sslContext())
                .build()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .buildAsync(
                        URI.create("wss://" + address.getAuthority() + address.getPath()), new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket socket, CharSequence data, boolean last) {
                                answer.complete(data.toString());
                                return null;
                            }
                        });
    }
}
