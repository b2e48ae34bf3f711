/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.ExpiringItem;
import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.observe.RefusedClient;
import io.github.thumbkeeper.observe.StoreStatus;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate as an administrator sees it by JMX: with real files, a real MBean server and a proxy of its interface. */
class GateMonitorTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final Instant NOW =
            ALICE.certificate().getNotBefore().toInstant().plus(Duration.ofDays(1));

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(NOW);
    private final Map<String, String> settings = new TreeMap<>();

    @TempDir
    private Path directory;

    private Gate gate;
    private GateMonitor monitor;
    private GateMXBean bean;

    @BeforeEach
    void open() throws Exception {
        Path clients = Files.createDirectory(directory.resolve("clients"));
        ALICE.writePem(clients.resolve("alice.pem"));
        settings.put("store", "clients");
        settings.put("expiryWarning", "15d");
        start("orders");
    }

    private void start(String name) throws Exception {
        FakeResources resources = new FakeResources();
        resources.file("clients", directory.resolve("clients"));
        OpenGate open = Settings.parse(settings, resources).open(name, clock, Runnable::run);
        gate = open.gate();
        monitor = open.monitor(() -> {
            gate.refresh();
            return true;
        });
        monitor.register();
        bean = JMX.newMXBeanProxy(server, objectName(name), GateMXBean.class);
    }

    @AfterEach
    void close() {
        monitor.close();
        log.close();
    }

    @Test
    @DisplayName("counts what it decides, and lists the entry that no request has matched")
    void counts() {
        assertThat(bean.getName()).isEqualTo("orders");
        assertThat(bean.getMode()).isEqualTo("enforce");
        assertThat(bean.getState()).isEqualTo("UP");
        assertThat(bean.getEntries()).isEqualTo(1);
        assertThat(bean.getUnmatchedLabels()).containsExactly("alice");

        decide(ALICE);
        decide(ALICE);
        decide(BOB);
        gate.decide(FakeExchange.withoutCertificate());

        assertThat(bean.getAdmitted()).isEqualTo(2);
        assertThat(bean.getRefused()).isEqualTo(2);
        assertThat(bean.getRefusedByCode()).containsEntry("TK-101", 1L).containsEntry("TK-104", 1L);
        assertThat(bean.getRefusedByCode().values())
                .filteredOn(number -> number > 0)
                .hasSize(2);
        assertThat(bean.getReported()).isZero();
        assertThat(bean.getUnmatchedEntries()).isZero();
        assertThat(bean.getUnmatchedLabels()).isEmpty();
    }

    @Test
    @DisplayName("lists a refused client with what admits it, and admits it after a refresh")
    void admitsFromTheRefusedList() throws Exception {
        decide(BOB);
        clock.advance(Duration.ofSeconds(5));
        decide(BOB);

        assertThat(bean.recentlyRefused()).hasSize(1);
        RefusedClient bob = bean.recentlyRefused().get(0);
        assertThat(bob.getThumbprint()).isEqualTo("sha256:" + BOB.sha256());
        assertThat(bob.getSubject()).isEqualTo("CN=bob");
        assertThat(bob.getCode()).isEqualTo("TK-101");
        assertThat(bob.getCount()).isEqualTo(2);
        assertThat(bob.getFirstSeen()).isEqualTo(NOW.toString());
        assertThat(bob.getLastSeen()).isEqualTo(NOW.plusSeconds(5).toString());
        assertThat(bob.getSettingToPaste()).isEqualTo("thumbprints=\"sha256:" + BOB.sha256() + "\"");

        Files.writeString(directory.resolve("clients").resolve("bob.pem"), bob.getPem());
        assertThat(bean.refresh()).isTrue();
        decide(BOB);
        assertThat(bean.getAdmitted()).isEqualTo(1);
        assertThat(log.changes())
                .singleElement()
                .asString()
                .contains("store [clients] changed: 2 entries, 1 added ([bob])");
    }

    @Test
    @NeedsProgram
    @DisplayName("gives the command that saves a refused certificate, which admits it")
    void admitsByTheCommand() throws Exception {
        String shell = OutsideProgram.BASH.path();
        TestCertificate quoted =
                TestCertificate.named("CN=\"'; touch evil; #\"").build();
        decide(quoted);
        Path clients = directory.resolve("clients");
        Process process = new ProcessBuilder(shell)
                .directory(clients.toFile())
                .redirectErrorStream(true)
                .start();
        try (OutputStream commands = process.getOutputStream()) {
            commands.write(bean.recentlyRefused().get(0).getCommandToSave().getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
        try (Stream<Path> files = Files.list(clients)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "alice.pem", "client-" + quoted.sha256().substring(0, 16) + ".pem");
        }
        assertThat(bean.refresh()).isTrue();
        decide(quoted);
        assertThat(bean.getAdmitted()).isEqualTo(1);
    }

    @Test
    @DisplayName("a certificate that no list admits comes without a line and a command")
    void offersNothingThatDoesNotHelp() {
        clock.advance(Duration.ofDays(365));
        decide(ALICE);
        RefusedClient expired = bean.recentlyRefused().get(0);
        assertThat(expired.getLineToPaste() + expired.getCommandToSave()).isEmpty();
        assertThat(expired.getPem()).isNotEmpty();
    }

    @Test
    @DisplayName("says what ends soon, and what is next")
    void warnsOfEnds() {
        Instant end = ALICE.certificate().getNotAfter().toInstant();
        assertThat(bean.expiring(29)).isEmpty();
        assertThat(bean.getSoonestExpirySeconds())
                .isBetween(
                        Duration.between(NOW, end).toSeconds() - 60,
                        Duration.between(NOW, end).toSeconds());
        assertThat(bean.getSoonestExpiry()).startsWith("certificate [alice] of [clients] ends at ");

        clock.advance(Duration.ofDays(20));
        assertThat(bean.expiring(11))
                .singleElement()
                .extracting(ExpiringItem::getName, ExpiringItem::getKind)
                .containsExactly("alice", "CERTIFICATE");
        assertThat(bean.getExpiring()).isEqualTo(1);
        gate.refresh();
        gate.refresh();
        assertThat(log.expiries())
                .singleElement()
                .asString()
                .startsWith("WARNING TK-341 certificate [alice] of [clients] ends in ");

        clock.advance(Duration.ofDays(1));
        gate.refresh();
        assertThat(log.expiries()).hasSize(2);
        clock.advance(Duration.ofDays(10));
        assertThat(bean.getSoonestExpirySeconds()).isEqualTo(-1);
    }

    @Test
    @DisplayName("warns of the end of a proxy's certificate once the proxy has connected, since a pin has no date")
    void warnsOfProxies() throws Exception {
        monitor.close();
        settings.put("certificateHeader", "nginx");
        settings.put("trustedProxyThumbprints", "sha256:" + BOB.sha256());
        start("proxied");
        clock.advance(Duration.ofDays(20));
        assertThat(bean.expiring(11)).extracting(ExpiringItem::getKind).containsExactly("CERTIFICATE");

        decide(BOB);
        gate.refresh();

        assertThat(bean.expiring(11)).extracting(ExpiringItem::getKind).contains("PROXY");
        assertThat(log.expiries())
                .filteredOn(line -> line.contains("sha256:" + BOB.sha256()))
                .singleElement()
                .asString()
                .startsWith("WARNING TK-341 ")
                .endsWith("; gate [proxied]");
    }

    @Test
    @DisplayName("explains a certificate, and counts nothing")
    void explains() {
        assertThat(bean.explain(BOB.pem()))
                .anyMatch(line -> line.startsWith("FAILED list: TK-101"))
                .anyMatch(line -> line.startsWith("REFUSED TK-101: "))
                .anyMatch(line -> line.contains("sha256:" + BOB.sha256()));
        assertThat(bean.explain(ALICE.pem())).contains("ADMITTED");
        assertThat(bean.getUnmatchedEntries()).isEqualTo(1);
        assertThat(bean.getAdmitted() + bean.getRefused()).isZero();
        assertThat(bean.recentlyRefused()).isEmpty();
    }

    @Test
    @DisplayName("explains nothing but certificates, and repeats no word of a key")
    void explainsCertificatesOnly() {
        for (String other : new String[] {ALICE.privateKeyPem(), "", "secret"}) {
            assertThatThrownBy(() -> bean.explain(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("no attribute and no operation shows a secret of the settings")
    void showsNoSecret() throws Exception {
        monitor.close();
        String secret = "planted-password";
        Path keys = directory.resolve("clients.p12");
        TestKeyStores.writeTrusted(keys, "PKCS12", secret, Map.of("alice", ALICE.certificate()));
        settings.put("store", keys.toString());
        settings.put("storePassword", secret);
        settings.put("certificateHeader", "nginx");
        settings.put("trustedProxies", "192.0.2.0/24");
        settings.put("proxyVerifyHeader", "X-Verify");
        settings.put("proxyVerifyValue", "planted-value");
        start("secret");
        decide(BOB);
        Files.writeString(keys, secret);
        gate.refresh();

        StringBuilder all = new StringBuilder();
        for (MBeanAttributeInfo each : server.getMBeanInfo(objectName("secret")).getAttributes()) {
            all.append(text(server.getAttribute(objectName("secret"), each.getName())));
        }
        all.append(text(server.invoke(objectName("secret"), "recentlyRefused", null, null)));
        all.append(bean.explain(ALICE.pem()));
        assertThat(all.toString()).contains("clients.p12").doesNotContain("planted");
        assertThat(log.text()).doesNotContain("planted");
    }

    private static String text(Object value) {
        return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    }

    @Test
    @DisplayName("shows a store that fails, with its age")
    void showsFailures() throws Exception {
        Path clients = directory.resolve("clients");
        Files.move(clients, directory.resolve("away"));
        clock.advance(Duration.ofSeconds(7));
        gate.refresh();
        StoreStatus status = bean.getStores().get(0);
        assertThat(status.getLocation()).isEqualTo("clients");
        assertThat(status.isFailing()).isTrue();
        assertThat(status.getEntries()).isEqualTo(1);
        assertThat(status.getAgeSeconds()).isGreaterThan(0);
        assertThat(status.getReadSeconds()).isNotNegative();
        assertThat(bean.getState()).isEqualTo("UP");
    }

    @Test
    @DisplayName("counts what passes in the mode report, and lists it as refused")
    void reports() throws Exception {
        monitor.close();
        settings.put("mode", "report");
        start("reporting");
        decide(BOB);
        assertThat(bean.getReported()).isEqualTo(1);
        assertThat(bean.recentlyRefused()).hasSize(1);
    }

    @Test
    @DisplayName("two gates of one name are both visible, and neither after its end")
    void namesakes() throws Exception {
        GateMonitor first = monitor;
        start("orders");
        assertThat(names()).containsExactlyInAnyOrder(objectName("orders"), objectName("orders#2"));
        first.close();
        assertThat(names()).containsExactly(objectName("orders#2"));
        monitor.close();
        assertThat(names()).isEmpty();
    }

    @Test
    @DisplayName("the last hundred refused certificates are kept, the last one first")
    void isBounded() {
        for (int i = 0; i < 101; i++) {
            decide(TestCertificate.named("CN=c" + i).build());
        }
        assertThat(bean.recentlyRefused()).hasSize(100);
        assertThat(bean.recentlyRefused().get(0).getSubject()).isEqualTo("CN=c100");
        assertThat(bean.recentlyRefused()).extracting(RefusedClient::getSubject).doesNotContain("CN=c0");
    }

    @Test
    @DisplayName("a subject arrives escaped")
    void escapes() {
        decide(TestCertificate.named("CN=a\u202Eb\nc").build());
        assertThat(bean.recentlyRefused().get(0).getSubject())
                .doesNotContain("\n", "\u202E")
                .startsWith("CN=a");
    }

    private void decide(TestCertificate client) {
        gate.decide(FakeExchange.of(client.certificate()));
    }

    private Set<ObjectName> names() throws Exception {
        return server.queryNames(new ObjectName(GateMonitor.DOMAIN + ":type=Gate,*"), null);
    }

    private static ObjectName objectName(String name) throws Exception {
        return new ObjectName(GateMonitor.DOMAIN + ":type=Gate,name=" + ObjectName.quote(name));
    }
}
