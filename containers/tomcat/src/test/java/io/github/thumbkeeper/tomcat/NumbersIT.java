/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.micrometer.ThumbkeeperMetrics;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.catalina.Context;
import org.apache.catalina.valves.HealthCheckValve;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The story of docs/monitoring: a partner calls, is refused, is found by JMX, is admitted by the line that JMX gives, and all of it
 * is in the log and in the metrics. The page shows what this test sees.
 */
class NumbersIT {

    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private final TestCertificate alice = TestCertificate.named("CN=alice")
            .validUntil(Instant.now().plus(Duration.ofDays(20)))
            .build();
    private final GuardedTomcat server;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private ThumbkeeperMetrics bound;
    private JMXConnectorServer remote;
    private JMXConnector connector;
    private MBeanServerConnection jmx;

    @TempDir
    private Path folder;

    NumbersIT() throws IOException {
        server = new GuardedTomcat();
    }

    @BeforeEach
    @SuppressWarnings("BanJNDI") // the address of this test's own server
    void openJmx() throws Exception {
        remote = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), null, ManagementFactory.getPlatformMBeanServer());
        remote.start();
        connector = JMXConnectorFactory.connect(remote.getAddress());
        jmx = connector.getMBeanServerConnection();
        ThumbkeeperMetrics metrics = new ThumbkeeperMetrics();
        metrics.bindTo(registry);
        bound = metrics;
    }

    @AfterEach
    void stop() throws Exception {
        bound.close();
        server.close();
        assertThat(jmx.queryNames(new ObjectName("io.github.thumbkeeper:type=Gate,*"), null))
                .isEmpty();
        connector.close();
        remote.stop();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void tellsTheStoryOfAPartner(FrontEnd frontEnd) throws Exception {
        Path clients = Files.createDirectory(folder.resolve("clients"));
        alice.writePem(clients.resolve("alice.pem"));
        Context numbers = server.tomcat().addContext("/numbers");
        server.tomcat().addServlet(numbers, "/*", new Scrape(registry));
        server.start(frontEnd, Map.of("store", clients.toString(), "refreshInterval", "1s"));

        try (RawConnection known = server.connect(alice);
                RawConnection bob = server.connect(BOB)) {
            assertThat(known.get("/app/orders").status()).isEqualTo(200);
            assertThat(bob.get("/app/orders").status()).isEqualTo(401);
            assertThat(server.log().messages("TK-101")).hasSize(1);

            ObjectName gate = gate();
            CompositeData[] refused = (CompositeData[]) jmx.invoke(gate, "recentlyRefused", null, null);
            assertThat(refused).hasSize(1);
            assertThat(refused[0].get("subject")).isEqualTo("CN=bob");
            assertThat(refused[0].get("code")).isEqualTo("TK-101");
            assertThat(jmx.getAttribute(gate, "UnmatchedEntries")).isEqualTo(0);

            String line = refused[0].get("lineToPaste") + " label=bob";
            Files.writeString(clients.resolve("partners.list"), line + "\n");
            Eventually.that("bob is admitted", () -> bob.get("/app/orders").status() == 200);
            assertThat(server.log().messages("TK-340")).hasSize(1);

            CompositeData[] expiring = (CompositeData[])
                    jmx.invoke(gate, "expiring", new Object[] {30}, new String[] {int.class.getName()});
            assertThat(expiring).isNotEmpty();
            assertThat(expiring[0].get("name")).isEqualTo("alice");
            assertThat(jmx.getAttribute(gate, "State")).isEqualTo("UP");

            String scraped = scrape();
            String name = ObjectName.unquote(gate.getKeyProperty("name"));
            assertThat(scraped)
                    .contains(
                            "thumbkeeper_requests_total{code=\"TK-101\",gate=\"" + name + "\",outcome=\"refused\"}",
                            "thumbkeeper_requests_total{code=\"none\",gate=\"" + name + "\",outcome=\"admitted\"}",
                            "thumbkeeper_list_entries{gate=\"" + name + "\",store=\"" + clients + "\"} 2.0",
                            "thumbkeeper_gate_up{gate=\"" + name + "\"} 1.0",
                            "thumbkeeper_certificate_expiry_seconds{gate=\"" + name + "\"}");
            assertThat(jmx.invoke(gate, "refresh", null, null)).isEqualTo(true);

            if (frontEnd == FrontEnd.VALVE) {
                assertPage("refusal", server.log().messages("TK-101").get(0), clients);
                assertPage("line", line, clients);
                assertPage("change", server.log().messages("TK-340").get(0), clients);
                assertPage("expiry", server.log().messages("TK-341").get(0), clients);
            }
        }
    }

    /** A million refusals would be as bounded: after the first ten lines of a minute, refusals of a peer are counted. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void writesABoundedNumberOfLines(FrontEnd frontEnd) throws Exception {
        server.start(frontEnd, Map.of("thumbprints", alice.sha256()));
        try (RawConnection bob = server.connect(BOB)) {
            for (int i = 0; i < 200; i++) {
                assertThat(bob.get("/app/orders").status()).isEqualTo(401);
            }
        }
        assertThat(server.log().messages("TK-101")).hasSizeLessThanOrEqualTo(20);
        assertThat(jmx.getAttribute(gate(), "Refused")).isEqualTo(200L);
    }

    /** A load balancer has no certificate: the HealthCheckValve before the gate answers it, or an excluded path. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answersProbesWithoutAnyRefusal(FrontEnd frontEnd) throws Exception {
        HealthCheckValve probe = new HealthCheckValve();
        probe.setPath("/health");
        server.tomcat().addHostValve(probe);
        server.start(frontEnd, Map.of("thumbprints", alice.sha256(), "exclude", "/ready"));
        try (RawConnection balancer = server.connect(null)) {
            assertThat(balancer.get("/health").status()).isEqualTo(200);
            assertThat(balancer.get("/app/ready").status()).isEqualTo(200);
            assertThat(jmx.getAttribute(gate(), "Refused")).isEqualTo(0L);
            assertThat(jmx.getAttribute(gate(), "Exempt")).isEqualTo(1L);
            assertThat(jmx.getAttribute(gate(), "State")).isEqualTo("UP");
            assertThat(server.log().messages("TK-104")).isEmpty();

            assertThat(balancer.get("/app/orders").status()).isEqualTo(401);
            assertThat(server.log().messages("TK-104")).hasSize(1);
        }
    }

    private ObjectName gate() throws Exception {
        return jmx.queryNames(new ObjectName("io.github.thumbkeeper:type=Gate,*"), null)
                .iterator()
                .next();
    }

    private String scrape() throws Exception {
        return GuardedTomcat.client(null)
                .get(server.tomcat().https("/numbers/"))
                .body();
    }

    /** Compares a block of the page with what this test has seen, without what differs each time. */
    private static void assertPage(String name, String seen, Path clients) throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "monitoring", "README.md"));
        Matcher block = Pattern.compile("<!-- transcript: " + name + " -->\\s+```text\\s+(.*?)\\s+```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as(name).isTrue();
        assertThat(withoutVariables(seen.replace(clients.toString(), "clients")))
                .as(name)
                .isEqualTo(withoutVariables(block.group(1)));
    }

    private static String withoutVariables(String text) {
        return text.replaceAll("sha256:[0-9a-f]{64}", "sha256:9f86d0…")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-06-01T12:00:00Z")
                .replaceAll("urn:uuid:[0-9a-f-]+", "urn:uuid:…")
                .replaceAll("in \\d+ days", "in 20 days")
                .replaceAll(" gate \\[[^]]*]", " gate [Tomcat/localhost/app]");
    }

    /** Gives the registry to Prometheus. */
    private static final class Scrape extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient PrometheusMeterRegistry registry;

        Scrape(PrometheusMeterRegistry registry) {
            this.registry = registry;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain; version=0.0.4");
            response.getWriter().write(registry.scrape());
        }
    }
}
