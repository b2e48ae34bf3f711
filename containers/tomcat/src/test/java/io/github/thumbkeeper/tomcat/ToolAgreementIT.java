/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands check and explain agree with what a running Tomcat decides: 300 pairs of settings and certificates. */
@Slow
class ToolAgreementIT {

    private static final int SETTINGS = 50;
    private static final long SEED = 14;

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA").ca().build();
    private static final TestCertificate OTHER_CA =
            TestCertificate.named("CN=Other CA").ca().build();

    /** The clients: with SETTINGS, they make the pairs. */
    private final List<TestCertificate> clients = List.of(
            TestCertificate.named("CN=alice")
                    .issuedBy(CA)
                    .dnsName("alice.example.org")
                    .build(),
            TestCertificate.named("CN=bob")
                    .issuedBy(CA)
                    .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
                    .build(),
            TestCertificate.named("CN=carol")
                    .issuedBy(CA)
                    .extendedKeyUsage("1.3.6.1.5.5.7.3.1")
                    .build(),
            TestCertificate.named("CN=old")
                    .issuedBy(CA)
                    .validFrom(Instant.now().minus(Duration.ofDays(10)))
                    .validUntil(Instant.now().minus(Duration.ofDays(2)))
                    .build(),
            TestCertificate.named("CN=mallory").issuedBy(OTHER_CA).build(),
            TestCertificate.named("O=Example").rsa(2048).build());

    @TempDir
    private Path folder;

    private URLClassLoader commands;
    private Method command;

    /** Loads the command line from the jar within the valve's jar; a process for each of the calls would take minutes. */
    @BeforeEach
    void loadTheCommandLine() throws Exception {
        Path jar = folder.resolve("thumbkeeper-cli.jar");
        try (InputStream nested =
                AnyClientCertificateTrustManager.class.getResourceAsStream("/META-INF/thumbkeeper-cli.jar")) {
            Files.copy(nested, jar);
        }
        commands = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        command = commands.loadClass("io.github.thumbkeeper.cli.Main")
                .getMethod("run", List.class, InputStream.class, PrintStream.class, PrintStream.class);
    }

    @AfterEach
    void closeTheCommandLine() throws IOException {
        commands.close();
    }

    /** The result of a run of the tool. */
    private record Run(int status, String out, String err) {}

    @Test
    void agreesWithARunningTomcat() throws Exception {
        for (TestCertificate client : clients) {
            client.writePem(folder.resolve(clients.indexOf(client) + ".pem"));
        }
        CA.writePem(folder.resolve("ca.pem"));
        SplittableRandom random = new SplittableRandom(SEED);
        List<Map<String, String>> all = new ArrayList<>();
        for (int i = 0; i < SETTINGS; i++) {
            all.add(settings(i, random));
        }
        List<String> different = new ArrayList<>();
        int pairs = 0;
        int admitted = 0;
        int notStarted = 0;
        try (CapturedLog log = new CapturedLog();
                TestTomcat tomcat = new TestTomcat(GuardedTomcat.SERVER, AnyClientCertificateTrustManager.class)) {
            tomcat.start();
            for (int i = 0; i < SETTINGS; i++) {
                Path file = folder.resolve("context" + i + ".xml");
                Files.writeString(file, contextXml(all.get(i)));
                boolean runs = deploy(tomcat, "/app" + i, all.get(i));
                boolean starts = !tool("check", "--json", file.toString()).out().contains("\"ERROR\"");
                if (runs != starts) {
                    different.add(all.get(i) + ": runs " + runs + ", check " + starts);
                }
                notStarted += runs ? 0 : 1;
                for (int client = 0; client < clients.size(); client++) {
                    pairs++;
                    String real = runs ? real(tomcat.https("/app" + i + "/x"), clients.get(client)) : "not started";
                    String explained = explained(file, folder.resolve(client + ".pem"));
                    admitted += real.equals("200") ? 1 : 0;
                    if (!real.equals(explained)) {
                        different.add(
                                all.get(i) + " with client " + client + ": Tomcat " + real + ", explain " + explained);
                    }
                }
            }
            assertThat(log.messages("TK-400")).isNotEmpty();
        }
        assertThat(different).isEmpty();
        assertThat(pairs).isEqualTo(300);
        assertThat(admitted).as("pairs that are admitted").isBetween(50, 250);
        assertThat(notStarted).as("settings that do not start").isBetween(3, 20);
    }

    /** Settings from all groups; some contradict each other or are malformed, and then the gate does not start. */
    private Map<String, String> settings(int number, SplittableRandom random) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tellReason", "true");
        List<TestCertificate> listed =
                clients.stream().filter(client -> random.nextInt(3) > 0).toList();
        if (random.nextBoolean() || listed.isEmpty()) {
            settings.put(
                    "thumbprints",
                    clients.stream()
                            .filter(client -> random.nextInt(3) > 0)
                            .map(client -> random.nextInt(4) == 0 ? client.sha1() : client.sha256())
                            .collect(Collectors.joining(",")));
        }
        if (!listed.isEmpty() && random.nextInt(3) > 0) {
            Path list = folder.resolve("list" + number);
            Files.write(
                    list, listed.stream().map(client -> line(client, random)).toList());
            settings.put("store", list.toString());
        }
        if (random.nextInt(3) == 0) {
            settings.put("deny", oneOf(random, clients).sha256());
        }
        if (random.nextInt(3) == 0) {
            settings.put("validateTrust", "true");
            settings.put("trustStore", folder.resolve("ca.pem").toString());
        }
        maybe(
                settings,
                random,
                4,
                "identities",
                "common-name=alice",
                "dns-name=alice.example.org",
                "label=alice",
                "issuer-subject='CN=Corp CA'",
                "nonsense");
        maybe(settings, random, 4, "validateNotAfter", "false");
        maybe(settings, random, 6, "extendedKeyUsage", "clientAuth");
        maybe(settings, random, 6, "minimumKeySize", "EC=256", "RSA=3072;EC=256");
        maybe(settings, random, 8, "principal", "thumbprint", "common-name", "none");
        maybe(settings, random, 8, "mode", "report", "enforce", "off");
        maybe(settings, random, 8, "denyStatus", "403", "404");
        maybe(settings, random, 12, "storeFilter", "a*", "nobody*");
        maybe(settings, random, 15, "thumbprint", "x");
        return settings;
    }

    private static String line(TestCertificate client, SplittableRandom random) {
        String label = random.nextBoolean() ? " label=alice" : "";
        String from = random.nextInt(5) == 0 ? " from=2090-01-01T00:00:00Z" : "";
        return client.sha256() + label + from + (random.nextInt(6) == 0 ? " disabled" : "");
    }

    private static void maybe(
            Map<String, String> settings, SplittableRandom random, int one, String name, String... values) {
        if (random.nextInt(one) == 0) {
            settings.put(name, oneOf(random, Arrays.asList(values)));
        }
    }

    private static <T> T oneOf(SplittableRandom random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String contextXml(Map<String, String> settings) {
        return "<Context>\n<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\"\n"
                + settings.entrySet().stream()
                        .map(each -> "  " + each.getKey() + "=\"" + each.getValue() + "\"")
                        .collect(Collectors.joining("\n"))
                + "/>\n</Context>\n";
    }

    /** Adds an application, and returns whether it runs. */
    private static boolean deploy(TestTomcat tomcat, String path, Map<String, String> settings) throws IOException {
        Context context = tomcat.newContext(path);
        FrontEnd.VALVE.guard(context, settings);
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
        try {
            tomcat.host().addChild(context);
        } catch (IllegalStateException e) {
            return false;
        }
        return context.getState() == LifecycleState.STARTED;
    }

    /** Returns the status and, for a refusal, the code that the client gets. */
    private static String real(URI uri, TestCertificate client) throws Exception {
        TlsClient tls = TlsClient.trusting(GuardedTomcat.SERVER.certificate())
                .presentingChain(client.privateKey(), client.certificate())
                .build();
        HttpResponse<String> answer = tls.get(uri);
        return answer.statusCode() == 200
                ? "200"
                : answer.statusCode() + " " + answer.body().replaceFirst("(?s).*(TK-[0-9]{3}).*", "$1");
    }

    /** Returns what the client would get, from the output of the tool. */
    private String explained(Path settings, Path certificate) throws Exception {
        Run run = tool("explain", settings.toString(), certificate.toString());
        if (run.out().isEmpty()) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("TK-2");
            return "not started";
        }
        boolean refused = run.out().contains("  Refused with status ");
        boolean passes = run.out().contains("  Admitted") || run.out().contains("but the mode lets the request pass");
        assertThat(refused).isNotEqualTo(passes);
        return passes
                ? "200"
                : run.out().replaceFirst("(?s).*  Refused with status ([0-9]+) \\((TK-[0-9]+)\\).*", "$1 $2");
    }

    private Run tool(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Object status = command.invoke(
                null,
                List.of(arguments),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run((int) status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
