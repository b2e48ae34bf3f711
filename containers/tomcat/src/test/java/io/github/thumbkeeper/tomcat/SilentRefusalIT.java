/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An enforced refusal runs no code of the application: no listener sees an attribute before the answer is sent. */
class SilentRefusalIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final TestCertificate PROXY =
            TestCertificate.named("CN=proxy").build();
    private static final TestCertificate EXPIRED = TestCertificate.named("CN=expired")
            .validFrom(Instant.parse("2020-01-01T00:00:00Z"))
            .validUntil(Instant.parse("2020-02-01T00:00:00Z"))
            .build();
    private static final String NAME = ForwardedAs.HAPROXY.header();

    private final TestTomcat tomcat;
    private final StandardContext context;
    private final Watching watching = new Watching();
    private final AccessLog access = new AccessLog();
    private final CapturedLog log = new CapturedLog();

    SilentRefusalIT() throws IOException {
        tomcat = new TestTomcat(GuardedTomcat.SERVER, AnyClientCertificateTrustManager.class);
        tomcat.httpsConnector().setProperty("maxHttpHeaderSize", "65536");
        tomcat.addEngineValve(access);
        tomcat.addEngineValve(watching);
        context = (StandardContext) tomcat.addContext("/app");
        context.addApplicationEventListener(watching);
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    static List<String[]> gates() {
        List<String[]> all = new ArrayList<>();
        for (String place :
                new String[] {"engine", "host", "context", "filter", "valve before valve", "valve before filter"}) {
            for (String format : new String[] {"auto", "problem", "html", "container"}) {
                boolean possible = !format.equals("container") || (!place.equals("engine") && !place.equals("host"));
                if (possible) {
                    all.add(new String[] {place, format});
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}, errorFormat={1}")
    @MethodSource("gates")
    @DisplayName("no listener of the application sees a refused request before its answer")
    void noListenerSeesARefusedRequest(String place, String format) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "thumbprints",
                ALICE.sha256() + "," + EXPIRED.sha256(),
                "certificateHeader",
                "haproxy",
                "trustedProxyThumbprints",
                PROXY.sha256(),
                "proxyVerifyHeader",
                "X-Verify",
                "proxyVerifyValue",
                "SUCCESS",
                "errorFormat",
                format));
        install(place, settings);
        tomcat.start();
        String verified = "X-Verify: SUCCESS";

        assertSilent("TK-104", null);
        assertSilent("TK-101", MALLORY);
        assertSilent("TK-102", EXPIRED);
        assertSilent("TK-130", MALLORY, header(ALICE));
        assertSilent("TK-104", PROXY);
        assertSilent("TK-101", PROXY, header(MALLORY), verified);
        assertSilent("TK-102", PROXY, header(EXPIRED), verified);
        assertSilent("TK-134", PROXY, header(ALICE));
        assertSilent("TK-133", PROXY, NAME + ": x", verified);
        assertSilent("TK-131", PROXY, header(ALICE), header(ALICE), verified);
        assertSilent("TK-131", PROXY, header(ALICE).replaceFirst("-", "_"), verified);
        assertSilent("TK-132", PROXY, NAME + ": " + "A".repeat(17_000), verified);
    }

    /** The outer gate of a pair lets every request pass, so that its attributes are set when the inner one refuses. */
    private void install(String place, Map<String, String> settings) {
        switch (place) {
            case "engine" -> tomcat.addEngineValve(FrontEnd.valve(settings));
            case "host" -> tomcat.addHostValve(FrontEnd.valve(settings));
            case "context" -> FrontEnd.VALVE.guard(context, settings);
            case "filter" -> FrontEnd.FILTER.guard(context, settings);
            default -> {
                FrontEnd.VALVE.guard(context, Map.of("thumbprints", ALICE.sha256(), "mode", "annotate"));
                FrontEnd inner = place.endsWith("filter") ? FrontEnd.FILTER : FrontEnd.VALVE;
                // Only the inner gate's attributes are of interest.
                context.getPipeline().addValve(new Forgetting());
                inner.guard(context, settings);
            }
        }
    }

    private static String header(TestCertificate certificate) {
        return NAME + ": " + ForwardedAs.HAPROXY.encode(certificate.certificate());
    }

    private void assertSilent(String reason, @Nullable TestCertificate certificate, String... fields) throws Exception {
        watching.early.clear();
        List<String> lines = new ArrayList<>(
                List.of("POST /app/x HTTP/1.1", "Host: localhost", "Content-Length: 0", "Connection: close"));
        lines.addAll(List.of(fields));
        try (RawConnection connection = RawConnection.open(
                tomcat.https("/"), GuardedTomcat.client(certificate).sslContext())) {
            connection.send(lines.toArray(String[]::new));
            assertThat(connection.read(false).status()).as(reason).isEqualTo(401);
        }

        assertThat(access.next()).isEqualTo("refused " + reason + " -");
        assertThat(watching.early).as(reason).isEmpty();
    }

    /** Records every event before the answer, and tries to read the body as an application might. */
    private static final class Watching extends ValveBase implements ServletRequestAttributeListener {
        private final List<String> early = new CopyOnWriteArrayList<>();
        private volatile @Nullable Response response;

        Watching() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response answer) throws IOException, ServletException {
            response = answer;
            getNext().invoke(request, answer);
        }

        @Override
        public void attributeAdded(ServletRequestAttributeEvent event) {
            hear("added", event);
        }

        @Override
        public void attributeRemoved(ServletRequestAttributeEvent event) {
            hear("removed", event);
        }

        @Override
        public void attributeReplaced(ServletRequestAttributeEvent event) {
            hear("replaced", event);
        }

        private void hear(String what, ServletRequestAttributeEvent event) {
            if (response != null && !response.isAppCommitted() && !response.isCommitted()) {
                try {
                    early.add(what + " " + event.getName() + " body "
                            + event.getServletRequest().getInputStream().read());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Discards the events of the outer gate; runs between two gates. */
    private final class Forgetting extends ValveBase {
        Forgetting() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            watching.early.clear();
            getNext().invoke(request, response);
        }
    }

    private static final class AccessLog extends AbstractAccessLogValve {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        AccessLog() {
            setPattern(
                    "%{io.github.thumbkeeper.verdict}r %{io.github.thumbkeeper.reason}r %{io.github.thumbkeeper.thumbprint}r");
        }

        @Nullable
        String next() throws InterruptedException {
            return lines.poll(10, TimeUnit.SECONDS);
        }

        @Override
        protected void log(CharArrayWriter message) {
            lines.add(message.toString());
        }
    }
}
