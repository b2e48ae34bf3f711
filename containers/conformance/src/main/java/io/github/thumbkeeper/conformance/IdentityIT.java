/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caller as the application sees it, in each kind of dispatch. */
@ExtendWith(ArquillianExtension.class)
class IdentityIT {

    private static final String[] ALICE = {
        "principal sha256:" + People.ALICE.sha256(),
        "remoteUser sha256:" + People.ALICE.sha256(),
        "authType CLIENT_CERT",
        "orders true",
        "audit false",
        "certificate true",
        "verdict admitted"
    };

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("identity")
                .with("thumbprints", People.ALICE.sha256())
                .with("roles", "orders")
                .with("exclude", "/public/*, /go/*")
                .guarded();
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, REQUEST",
        "/go/forward?to=/orders, FORWARD",
        "/go/include?to=/orders, INCLUDE",
        "/go/async?to=/orders, ASYNC",
        "/go/error, ERROR"
    })
    void givesPrincipalRolesAndAuthTypeInEachDispatch(String path, String dispatcher) throws Exception {
        HttpResponse<String> response = Connection.USUAL.get("/identity" + path, People.ALICE);

        assertThat(response.body()).contains("dispatcher " + dispatcher).contains(ALICE);
        assertThat(response.statusCode()).isEqualTo(dispatcher.equals("ERROR") ? 500 : 200);
    }

    /** The path that dispatches is exempt; its target is not. */
    @ParameterizedTest
    @CsvSource({"/go/forward?to=/orders", "/go/async?to=/orders"})
    void refusesADispatchFromAnExemptToAGuardedPath(String path) throws Exception {
        assertThat(Connection.USUAL.get("/identity" + path, null).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/identity" + path, People.MALLORY).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesToShowAGuardedPageForAnErrorOfAnExemptOne() throws Exception {
        assertThat(Connection.USUAL.get("/identity/go/error", null).body()).doesNotContain("application ");
    }

    @Test
    void givesNoIdentityWithoutAdmission() throws Exception {
        for (TestCertificate certificate : new TestCertificate[] {People.ALICE, People.MALLORY}) {
            assertUnknown(certificate);
        }
        assertUnknown(null);
    }

    private static void assertUnknown(@Nullable TestCertificate certificate) throws Exception {
        assertThat(Connection.USUAL.get("/identity/public/x", certificate).body())
                .contains("principal null", "authType null", "orders false", "certificate false", "verdict exempt");
    }
}
