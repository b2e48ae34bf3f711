/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 401 on the wire. */
@ExtendWith(ArquillianExtension.class)
class RefusalIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("refusal")
                .with("thumbprints", People.ALICE.sha256() + ", " + People.OLD.sha256())
                .guarded();
    }

    @Test
    void sameResponseForEveryReason() throws Exception {
        HttpResponse<String> none = ask(null, request("/orders"));

        assertThat(none.body())
                .isEqualTo("{\"type\":\"tag:thumbkeeper.github.io,2026:client-certificate\",\"title\":\"Invalid client"
                        + " certificate\",\"status\":401,\"instance\":\"" + instance(none.body())
                        + "\",\"code\":\"TK-100\"}");
        for (TestCertificate certificate : new TestCertificate[] {People.MALLORY, People.ISSUED, People.OLD}) {
            HttpResponse<String> other = ask(certificate, request("/orders"));
            assertThat(other.statusCode()).isEqualTo(401);
            assertThat(other.body().replace(instance(other.body()), ""))
                    .isEqualTo(none.body().replace(instance(none.body()), ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/", "/go/forward?to=/orders", "/no/such/page"})
    void carriesTheChallengeOnEveryPath(String path) throws Exception {
        HttpResponse<String> response = ask(null, request(path));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("www-authenticate"))
                .containsExactly("ClientCertificate realm=\"client certificate\"");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void refusesEveryMethodWithTheBodyUnread(String method) throws Exception {
        // Some connectors themselves answer 400 to a body without a meaning (RFC 9110 section 9.3.1).
        boolean bare = method.equals("GET") || method.equals("DELETE");
        HttpRequest.Builder request = request("/orders")
                .method(method, bare ? BodyPublishers.noBody() : BodyPublishers.ofString("x".repeat(1000)));

        assertThat(ask(null, request).statusCode()).isEqualTo(401);
    }

    @Test
    void hasNoBodyForHead() throws Exception {
        HttpResponse<String> response = ask(null, request("/orders").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void isAPageForBrowsers() throws Exception {
        HttpResponse<String> response =
                ask(null, request("/orders").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("content-type").orElseThrow().replace(" ", ""))
                .isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(response.body()).contains("<h1>Invalid client certificate</h1>");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(Site.current().https("/refusal" + path));
    }

    private static HttpResponse<String> ask(@Nullable TestCertificate certificate, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return Connection.USUAL.of(certificate).send(request.build());
    }

    private static String instance(String body) {
        return body.replaceAll("(?s).*(urn:uuid:[0-9a-f-]{36}).*", "$1");
    }
}
