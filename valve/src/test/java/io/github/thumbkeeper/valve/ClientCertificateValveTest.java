/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.testkit.TestCertificate;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The valve in a pipeline of Tomcat's own classes; the containers are not started. */
class ClientCertificateValveTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final TestServer server = new TestServer();
    private final StandardContext context = server.context("/app");
    private final ClientCertificateValve valve = new ClientCertificateValve();
    private final NextValve next = new NextValve();

    @BeforeEach
    void addValves() {
        context.getPipeline().addValve(valve);
        context.getPipeline().addValve(next);
    }

    @AfterEach
    void stop() throws LifecycleException {
        if (valve.getState().isAvailable()) {
            valve.stop();
        }
    }

    @Test
    @DisplayName("no request passes before the start, after a failed start, or after the stop")
    void refusesWithoutARunningGate() throws Exception {
        assertUnavailable();

        assertThatThrownBy(valve::start).isInstanceOf(LifecycleException.class);
        assertUnavailable();

        valve.setProperty("thumbprints", ALICE.sha256());
        valve.start();
        assertThat(ask(ALICE)).isEqualTo(200);
        valve.stop();
        assertUnavailable();
    }

    @Test
    void admitsOnlyTheListedCertificate() throws Exception {
        startFor(ALICE);

        assertThat(ask(MALLORY)).isEqualTo(401);
        assertThat(next.request).isNull();

        TestRequest admitted = server.request(context).presenting(ALICE.certificate());
        valve.invoke(admitted, admitted.getResponse());
        assertThat(next.request).isSameAs(admitted);
        assertThat(admitted.getUserPrincipal()).isInstanceOf(ClientCertificatePrincipal.class);
        assertThat(admitted.getUserPrincipal().getName()).isEqualTo("sha256:" + ALICE.sha256());
    }

    @Test
    @DisplayName("the certificate comes from the connector, never from an attribute that an earlier valve has set")
    void ignoresTheAttributeOfAnEarlierValve() throws Exception {
        startFor(ALICE);
        TestRequest request = server.request(context).presenting(MALLORY.certificate());
        request.setAttribute(
                RequestAttributes.CLIENT_CERTIFICATES, ALICE.chain().toArray());

        valve.invoke(request, request.getResponse());

        assertThat(request.getResponse().getStatus()).isEqualTo(401);
        assertThat(next.request).isNull();
    }

    @Test
    @DisplayName("Tomcat only warns about a wrong attribute, so the start reports every one")
    void collectsEveryAttributeAndReportsAllAtTheStart() {
        assertThat(valve.setProperty("thumbprint", ALICE.sha256())).isTrue();
        assertThat(valve.setProperty("mode", "off")).isTrue();

        assertThatThrownBy(valve::start)
                .rootCause()
                .hasMessageContaining("did you mean [thumbprints]?")
                .hasMessageContaining("TK-203 mode: [off]");
        assertThat(valve.getState()).isEqualTo(LifecycleState.FAILED);
    }

    @Test
    void failsTheStartWhateverThrowOnFailureSays() {
        valve.setThrowOnFailure(false);

        assertThatThrownBy(valve::start).isInstanceOf(LifecycleException.class);
        assertThat(valve.getThrowOnFailure()).isTrue();
    }

    @Test
    void refusesToStartWithoutAsyncSupport() {
        valve.setProperty("thumbprints", ALICE.sha256());
        valve.setAsyncSupported(false);

        valve.setProperty("mode", "off");

        assertThatThrownBy(valve::start)
                .rootCause()
                .hasMessageContaining("TK-204 asyncSupported: [false]")
                .hasMessageContaining("TK-203 mode: [off]");
    }

    @Test
    void isSealedWhileItRuns() throws Exception {
        startFor(ALICE);

        assertThatThrownBy(() -> valve.setProperty("thumbprints", MALLORY.sha256()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ask(MALLORY)).isEqualTo(401);

        valve.stop();
        assertThat(valve.setProperty("thumbprints", MALLORY.sha256())).isTrue();
        valve.start();
        assertThat(ask(MALLORY)).isEqualTo(200);
    }

    @Test
    @DisplayName("a running container drops a valve whose start fails, so it starts without a gate")
    void staysInARunningPipelineWithoutAGate() throws Exception {
        Lifecycle pipeline = (Lifecycle) context.getPipeline();
        valve.setProperty("thumbprints", ALICE.sha256());
        pipeline.start();
        try {
            valve.stop();
            valve.setProperty("mode", "off");
            valve.start();

            assertThat(valve.getState()).isEqualTo(LifecycleState.STARTED);
            assertUnavailable();
        } finally {
            pipeline.stop();
        }
    }

    @Test
    void cannotBeAddedAgainOnceRemoved() throws Exception {
        valve.destroy();

        assertThatThrownBy(() -> valve.setContainer(context)).isInstanceOf(IllegalStateException.class);
    }

    private void startFor(TestCertificate listed) throws LifecycleException {
        valve.setProperty("thumbprints", listed.sha256());
        valve.start();
    }

    private int ask(TestCertificate client) throws Exception {
        TestRequest request = server.request(context).presenting(client.certificate());
        valve.invoke(request, request.getResponse());
        return request.getResponse().getStatus();
    }

    private void assertUnavailable() throws Exception {
        next.request = null;
        TestRequest request = server.request(context).presenting(ALICE.certificate());
        valve.invoke(request, request.getResponse());
        assertThat(request.getResponse().getStatus()).isEqualTo(503);
        assertThat(request.body.toString()).contains("\"TK-300\"");
        assertThat(next.request).isNull();
    }

    /** The rest of the pipeline. */
    private static final class NextValve extends ValveBase {
        private @Nullable Request request;

        @Override
        public void invoke(Request request, Response response) {
            this.request = request;
        }
    }
}
