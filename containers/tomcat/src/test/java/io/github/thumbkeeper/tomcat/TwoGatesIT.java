/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gates before one application, row 156: each decides for itself, and both must let a request pass. */
class TwoGatesIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private static final Map<String, String> MISTAKE = Map.of("thumbprint", ALICE.sha256());

    private final GuardedTomcat server;

    TwoGatesIT() throws IOException {
        server = new GuardedTomcat();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest(
            name = "{0} before {1}: a client on only one list is refused, and the inner gate gives name and roles")
    @CsvSource({"VALVE, VALVE", "VALVE, FILTER", "FILTER, FILTER"})
    void bothGatesMustAdmit(FrontEnd outer, FrontEnd inner) throws Exception {
        start(outer, Map.of("thumbprints", listed(ALICE, BOB), "roles", "orders"), inner, listing(ALICE, MALLORY));

        assertThat(get(ALICE, "/x").body())
                .contains("app REQUEST user=sha256:" + ALICE.sha256() + " ", "orders=false auth=CLIENT_CERT");
        assertThat(get(BOB, "/x").statusCode()).isEqualTo(401);
        assertThat(get(MALLORY, "/x").statusCode()).isEqualTo(401);
        assertThat(get(null, "/x").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} before {1}: the same settings twice change nothing, however a request is dispatched")
    @CsvSource({"VALVE, VALVE", "VALVE, FILTER", "FILTER, FILTER"})
    void sameGateTwiceChangesNothing(FrontEnd outer, FrontEnd inner) throws Exception {
        start(outer, listing(ALICE), inner, listing(ALICE));

        for (String way : new String[] {"async", "async-with", "forward", "include"}) {
            String path = "/go/" + way + "?to=/x";
            assertThat(get(ALICE, path).body()).as(way).contains("user=sha256:" + ALICE.sha256() + " ");
            assertThat(get(MALLORY, path).statusCode()).as(way).isEqualTo(401);
        }
        assertThat(server.log().messages())
                .filteredOn(line -> line.startsWith("TK-400"))
                .hasSize(2);
    }

    @ParameterizedTest(
            name =
                    "{0} before {1}: a gate that only annotates or reports does not open a path that the other one guards")
    @CsvSource({
        "VALVE, VALVE, report", "VALVE, FILTER, report", "FILTER, FILTER, report",
        "VALVE, VALVE, annotate", "VALVE, FILTER, annotate", "FILTER, FILTER, annotate"
    })
    void gateThatAnnotatesOrReportsOpensNoPath(FrontEnd outer, FrontEnd inner, String mode) throws Exception {
        start(outer, Map.of("thumbprints", listed(BOB), "mode", mode), inner, listing(ALICE));

        assertThat(get(MALLORY, "/x").statusCode()).isEqualTo(401);
        assertThat(get(BOB, "/x").statusCode()).isEqualTo(401);
        assertThat(get(null, "/x").statusCode()).isEqualTo(401);
        // A valve that lets a request pass unadmitted hides the certificate from everything after it except another
        // valve.
        boolean hidden = outer == FrontEnd.VALVE && inner == FrontEnd.FILTER && mode.equals("report");
        assertThat(get(ALICE, "/x").statusCode()).isEqualTo(hidden ? 401 : 200);
    }

    @ParameterizedTest(name = "{0} before {1}: an inner gate that only annotates opens no path either")
    @CsvSource({"VALVE, VALVE", "VALVE, FILTER", "FILTER, FILTER"})
    void innerGateThatAnnotatesOpensNoPath(FrontEnd outer, FrontEnd inner) throws Exception {
        start(outer, listing(ALICE), inner, Map.of("thumbprints", listed(BOB), "mode", "report"));

        assertThat(get(ALICE, "/x").statusCode()).isEqualTo(200);
        assertThat(get(BOB, "/x").statusCode()).isEqualTo(401);
        assertThat(get(null, "/x").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} before a filter that does not start: the application is closed")
    @EnumSource
    void filterThatDoesNotStartClosesTheApplication(FrontEnd outer) throws Exception {
        start(outer, listing(ALICE), FrontEnd.FILTER, MISTAKE);

        assertThat(get(ALICE, "/x").statusCode()).isEqualTo(404);
    }

    @Test
    void valveThatDoesNotStartKeepsTheServerFromStarting() {
        assertThatThrownBy(() -> start(FrontEnd.VALVE, listing(ALICE), FrontEnd.VALVE, MISTAKE))
                .isInstanceOf(LifecycleException.class)
                .rootCause()
                .hasMessageContaining("[thumbprint]");
    }

    private void start(FrontEnd outer, Map<String, String> outerSettings, FrontEnd inner, Map<String, String> settings)
            throws LifecycleException {
        outer.guard(server.context(), outerSettings);
        inner.guard(server.context(), settings);
        server.start();
    }

    private static Map<String, String> listing(TestCertificate... certificates) {
        return Map.of("thumbprints", listed(certificates));
    }

    private static String listed(TestCertificate... certificates) {
        return String.join(
                ",", Arrays.stream(certificates).map(TestCertificate::sha256).toList());
    }

    private HttpResponse<String> get(@Nullable TestCertificate certificate, String path) throws Exception {
        return GuardedTomcat.client(certificate).get(server.uri(path));
    }
}
