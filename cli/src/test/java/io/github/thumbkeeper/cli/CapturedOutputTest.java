/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GateMonitor;
import io.github.thumbkeeper.cli.tomcat.GateSite;
import io.github.thumbkeeper.micrometer.ThumbkeeperMetrics;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that an administrator can see of one gate: its log at every level, JMX, metrics, and each command on its
 * configuration. No planted secret is in it, and no control character of a certificate.
 */
class CapturedOutputTest {

    private static final Logger LOGGER = Logger.getLogger("io.github.thumbkeeper");
    private static final String NAME = "orders";

    /** Every secret has this text, which no message has for another reason. */
    private static final String MARK = "Xq7Zw9";

    /** A subject that would forge a line, colour a terminal and reverse a text. */
    private static final String SUBJECT = "CN=evil\r\nforged\u001B[31m\u202Etxt";

    private static final TestCertificate AUTHORITY =
            TestCertificate.named("CN=authority").ca().build();
    private final TestCertificate alice = TestCertificate.named("CN=alice")
            .issuedBy(AUTHORITY)
            .validUntil(Instant.now().plus(Duration.ofDays(9)))
            .build();
    private static final TestCertificate EVIL = TestCertificate.named(SUBJECT).build();
    private final TestCertificate listedEvil = TestCertificate.named(SUBJECT + "2")
            .issuedBy(AUTHORITY)
            .validUntil(Instant.now().plus(Duration.ofDays(9)))
            .build();
    private final Map<String, String> output = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord logRecord) {
            synchronized (log) {
                log.add(logRecord.getLevel() + " " + formatter.formatMessage(logRecord) + trace(logRecord));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Level before = LOGGER.getLevel();

    @TempDir
    private Path base;

    @BeforeEach
    void capture() throws IOException {
        handler.setLevel(Level.ALL);
        LOGGER.setLevel(Level.ALL);
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
        Files.createDirectories(base.resolve("conf/clients"));
        alice.writePem(base.resolve("conf/clients/alice.pem"));
        listedEvil.writePem(base.resolve("conf/clients/listed.pem"));
    }

    @AfterEach
    void release() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(before);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    @DisplayName("no secret of a setting, a store or a header, and no control character of a subject, appears anywhere")
    void showsNoSecret() throws Exception {
        plantStores();
        Path settings = write(Map.of(
                "store", "conf/clients, conf/clients.p12",
                "storePassword", secret("store"),
                "deny", "conf/denied.p12",
                "trustStore", "conf/anchors.p12",
                "trustStorePasswordFile", "conf/anchors.password",
                "validateTrust", "true",
                "certificateHeader", "nginx",
                "trustedProxies", "192.0.2.1",
                "proxyVerifyHeader", "X-Verify",
                "proxyVerifyValue", secret("verify")));
        run(settings);
        command("settings");
        Path passwords = Files.writeString(base.resolve("store.password"), secret("store"));
        for (String format : new String[] {"", "--json", "--csv"}) {
            command("list", "--password-file", passwords.toString(), format, path("clients"), path("clients.p12"));
            command("list", "--password-file", path("anchors.password"), format, path("clients.p12"));
        }

        assertClean();
        assertThat(output.get("log"))
                .contains("evil\\0D\\0Aforged\\1B[31m\\E2\\80\\AEtxt")
                .contains("FINE ");
        assertThat(output.get("JMX recentlyRefused")).contains("evil\\0D\\0Aforged\\1B[31m\\E2\\80\\AEtxt");
        assertThat(output.get("metrics")).contains("thumbkeeper_requests_total");
    }

    @ParameterizedTest
    @DisplayName("a secret in the wrong setting does not appear either")
    @ValueSource(
            strings = {
                "storePassword",
                "trustStorePassword",
                "proxyVerifyValue",
                "sqlQuery",
                "sqlChangeQuery",
                "storePasword"
            })
    void showsNoSecretOfABadSetting(String name) throws Exception {
        TestKeyStores.writeTrusted(
                base.resolve("conf/other.p12"), "PKCS12", "other", Map.of("alice", alice.certificate()));
        Path settings = write(Map.of("store", "conf/other.p12", name, secret("bad")));
        for (String[] each : commands(settings)) {
            command(each);
        }

        assertClean();
        assertThat(output.get("check --json " + settings)).contains("\"ERROR\"");
    }

    @ParameterizedTest
    @DisplayName("a secret in a file that cannot be a store does not appear either")
    @ValueSource(
            strings = {
                "a password\n",
                "password=%s\n",
                "%s:%s\n",
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            })
    void showsNoSecretOfABadStore(String content) throws Exception {
        Path store = Files.writeString(base.resolve("conf/clients.list"), content.replace("%s", secret("content")));
        for (String[] each : commands(write(Map.of("store", "conf/clients.list")))) {
            command(each);
        }
        for (String format : new String[] {"", "--json", "--csv"}) {
            command("list", format, store.toString());
        }
        command("thumbprint", store.toString());

        assertClean();
        assertThat(output.values()).anyMatch(text -> text.contains("clients.list"));
    }

    private void plantStores() throws IOException {
        Path conf = base.resolve("conf");
        TestKeyStores.writeTrusted(
                conf.resolve("clients.p12"), "PKCS12", secret("store"), Map.of("evil", listedEvil.certificate()));
        TestKeyStores.writeTrusted(
                conf.resolve("denied.p12"),
                "PKCS12",
                secret("store"),
                Map.of("denied", TestCertificate.named("CN=denied").build().certificate()));
        TestKeyStores.writeTrusted(
                conf.resolve("anchors.p12"), "PKCS12", secret("anchors"), Map.of("authority", AUTHORITY.certificate()));
        Files.writeString(conf.resolve("anchors.password"), secret("anchors"));
        Files.writeString(conf.resolve("clients/notes.txt"), secret("notes"));
        Files.writeString(conf.resolve("clients/key.pem"), alice.privateKeyPem());
        Files.writeString(
                conf.resolve("clients/users.list"),
                "# " + secret("comment") + "\nsha256:" + EVIL.sha256() + " label=evil disabled\n");
    }

    /** Runs the gate through requests, a store that fails and a store that comes back, and captures all of it. */
    private void run(Path settings) throws Exception {
        GateSite site = ConfiguredGates.read(settings.toString()).gates().get(0);
        Settings parsed = Settings.parse(site.settings(), site.resources());
        OpenGate open = parsed.open(NAME, InstantSource.system(), Runnable::run);
        Gate gate = open.gate();
        output.put("the line of a start", gate.summary() + "; " + parsed.summary());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (GateMonitor monitor = open.monitor(() -> {
                    gate.refresh();
                    return true;
                });
                ThumbkeeperMetrics metrics = new ThumbkeeperMetrics()) {
            monitor.register();
            metrics.bindTo(registry);
            List<TestCertificate> clients = List.of(alice, EVIL, listedEvil);
            for (TestCertificate client : clients) {
                for (String peer : new String[] {"192.0.2.1", "192.0.2.2"}) {
                    gate.decide(request(client, peer, urlEncoded(client.pem()), secret("verify")));
                    gate.decide(request(client, peer, urlEncoded(client.pem()), secret("other")));
                    gate.decide(request(client, peer, secret("header"), secret("verify")));
                    gate.decide(request(client, peer, client.privateKeyPem(), secret("verify")));
                }
                gate.decide(new OfflineExchange(List.of(client.certificate()), "GET", "/", "192.0.2.3"));
            }
            Path keys = base.resolve("conf/clients.p12");
            byte[] good = Files.readAllBytes(keys);
            Files.writeString(keys, secret("broken"));
            gate.refresh();
            output.put("metrics", registry.scrape());
            show(clients);
            for (String[] each : commands(settings)) {
                command(each);
            }
            Files.write(keys, good);
            gate.refresh();
            for (String[] each : commands(settings)) {
                command(each);
            }
            show(clients);
            output.put("metrics", output.get("metrics") + registry.scrape());
        }
        synchronized (log) {
            output.put("log", String.join("\n", log));
        }
    }

    private static OfflineExchange request(TestCertificate client, String peer, String header, String verify) {
        OfflineExchange request = new OfflineExchange(List.of(client.certificate()), "GET", "/orders", peer);
        request.add("X-SSL-Client-Cert", header);
        request.add("X-Verify", verify);
        request.add("Authorization", "Basic " + secret("authorization"));
        request.add("Cookie", "session=" + secret("cookie"));
        return request;
    }

    /** Captures every attribute and every operation of the gate in JMX. */
    private void show(List<TestCertificate> clients) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName(GateMonitor.DOMAIN + ":type=Gate,name=" + ObjectName.quote(NAME));
        for (MBeanAttributeInfo each : server.getMBeanInfo(bean).getAttributes()) {
            output.merge("JMX " + each.getName(), text(server.getAttribute(bean, each.getName())), String::concat);
        }
        Map<String, Object[]> operations = new TreeMap<>(
                Map.of("recentlyRefused", new Object[0], "refresh", new Object[0], "expiring", new Object[] {400}));
        assertThat(Arrays.stream(server.getMBeanInfo(bean).getOperations()).map(each -> each.getName()))
                .containsExactlyInAnyOrder("recentlyRefused", "refresh", "expiring", "explain");
        for (Map.Entry<String, Object[]> each : operations.entrySet()) {
            String[] types = each.getValue().length == 0 ? new String[0] : new String[] {"int"};
            output.merge(
                    "JMX " + each.getKey(),
                    text(server.invoke(bean, each.getKey(), each.getValue(), types)),
                    String::concat);
        }
        for (TestCertificate client : clients) {
            Object[] pem = {client.pem()};
            output.merge(
                    "JMX explain",
                    text(server.invoke(bean, "explain", pem, new String[] {String.class.getName()})),
                    String::concat);
        }
    }

    private List<String[]> commands(Path settings) throws IOException {
        Path evil = base.resolve("evil.pem");
        EVIL.writePem(evil);
        List<String[]> commands = new ArrayList<>();
        for (String format : new String[] {"", "--json"}) {
            commands.add(new String[] {"check", format, settings.toString()});
            commands.add(new String[] {"explain", format, settings.toString(), evil.toString()});
            commands.add(new String[] {
                "explain",
                format,
                "--peer",
                "192.0.2.1",
                "--header",
                "X-SSL-Client-Cert: " + secret("option"),
                "--header",
                "X-Verify: " + secret("other"),
                settings.toString(),
                evil.toString()
            });
        }
        return commands;
    }

    private void command(String... args) {
        String[] given = Arrays.stream(args).filter(each -> !each.isEmpty()).toArray(String[]::new);
        ToolRun run = ToolRun.of(given);
        output.merge(String.join(" ", given).replace(MARK, "secret"), run.out() + run.err(), String::concat);
    }

    private void assertClean() {
        List<String> key = alice.privateKeyPem()
                .lines()
                .filter(line -> !line.startsWith("-"))
                .toList();
        output.forEach((name, text) -> {
            assertThat(text)
                    .as(name)
                    .isNotEmpty()
                    .doesNotContain(MARK, "\u001B", "\u202E", "evil\r", "evil\n")
                    .doesNotContain(key);
            assertThat(text.lines()).as(name).noneMatch(line -> line.startsWith("forged"));
        });
    }

    private Path write(Map<String, String> settings) throws IOException {
        return Files.writeString(
                base.resolve("conf/gate.properties"),
                settings.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    private String path(String file) {
        return base.resolve("conf").resolve(file).toString();
    }

    private static String secret(String purpose) {
        return MARK + purpose;
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.US_ASCII).replace("+", "%20");
    }

    private static String text(Object value) {
        return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    }

    private static String trace(LogRecord logRecord) {
        StringBuilder trace = new StringBuilder();
        for (Throwable each = logRecord.getThrown(); each != null; each = each.getCause()) {
            trace.append('\n').append(each);
        }
        return trace.toString();
    }
}
