/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.observe.RefusedClient;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command refused against a JMX server, and against a process. */
class RefusedCommandTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    private Path folder;

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private JMXConnectorServer server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        Server.register(
                beans, "Catalina/localhost", client(ALICE, ALICE.sha256(), ALICE), client(BOB, BOB.sha256(), BOB));
        Server.register(beans, "Catalina/localhost/app", client(ALICE, ALICE.sha256(), ALICE));
        JMXAuthenticator authenticator = credentials -> {
            if (credentials instanceof String[] given && given[1].equals("s3cret")) {
                return new Subject();
            }
            throw new SecurityException("wrong name or password");
        };
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"),
                Map.of(JMXConnectorServer.AUTHENTICATOR, authenticator),
                beans);
        server.start();
        url = server.getAddress().toString();
        Files.writeString(folder.resolve("password"), "s3cret\n");
        Files.writeString(folder.resolve("wrong"), "guessed\n");
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static RefusedClient client(TestCertificate shown, String thumbprint, TestCertificate sent) {
        return new RefusedClient(
                "sha256:" + thumbprint,
                String.valueOf(shown.certificate().getSubjectX500Principal()) + "\u001B[31m",
                "CN=issuer",
                "2026-01-01T00:00:00Z",
                "2027-01-01T00:00:00Z",
                "TK-101",
                "the certificate is not listed",
                "2026-11-28T10:00:00Z",
                "2026-11-28T11:00:00Z",
                3,
                "192.0.2.1",
                "sha256:" + thumbprint,
                "",
                "",
                sent.pem());
    }

    private ToolRun run(String... arguments) {
        String password = folder.resolve("password").toString();
        return ToolRun.of(Stream.concat(
                        Stream.of("refused", url, "--user", "monitor", "--password-file", password),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void printsATable() {
        ToolRun run = run();

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches(".* 3 +TK-101 +sha256:" + BOB.sha256()
                        + " +CN=bob\\\\u001B\\[31m +192.0.2.1 +Catalina/localhost"));
        assertThat(run("--gate", "app").out().lines()).hasSize(2);
        assertThat(run("--gate", "nowhere").out()).isEmpty();
    }

    @Test
    void printsJsonWithoutTheCertificate() {
        assertThat(run("--json", "--gate", "app").out())
                .contains("\"gate\": \"Catalina/localhost/app\"", "\"lineToPaste\": \"sha256:" + ALICE.sha256())
                .doesNotContain("BEGIN CERTIFICATE");
    }

    @Test
    void printsOneCertificate() {
        ToolRun run = run("--pem", "sha256:" + ALICE.sha256());

        assertThat(run.out()).isEqualTo(ALICE.pem());
        assertThat(run.status()).isZero();
        assertThat(run("--pem", "sha256:").err()).contains("is the beginning of 2 thumbprints; expected more digits");
        assertThat(run("--pem", "sha256:zz").err()).contains("is not among the last refused certificates");
    }

    @Test
    void refusesACertificateWithAnotherThumbprint() throws Exception {
        Server.register(beans, "forged", client(ALICE, "00".repeat(32), BOB));

        ToolRun run = run("--pem", "sha256:00");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("came with a certificate that has another thumbprint");
    }

    @Test
    void saysThatAServerDoesNotAnswer() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ToolRun silent = ToolRun.of("refused", "127.0.0.1:" + port);
        assertThat(silent.status()).isEqualTo(1);
        assertThat(silent.err()).contains("[127.0.0.1:" + port + "] does not answer by JMX: ");

        ToolRun refused = ToolRun.of(
                "refused",
                url,
                "--user",
                "monitor",
                "--password-file",
                folder.resolve("wrong").toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("wrong name or password").doesNotContain("guessed");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '[SERVER] is missing'",
        "tomcat, '[tomcat] is not a server; expected the id of a process, HOST:PORT of JMX, or a service:jmx: URL'",
        "service:jmx:nothing, '[service:jmx:nothing] is not the URL of a JMX service'",
        "4711 --json --pem sha256:00, '[--json] cannot be combined with --pem'",
        "4711 --user monitor, '[--user] and [--password-file] are expected together'",
    })
    void refusesWrongArguments(String arguments, String why) {
        ToolRun run = ToolRun.of(Stream.concat(Stream.of("refused"), Stream.of(arguments.split(" ", -1)))
                .filter(each -> !each.isEmpty())
                .toArray(String[]::new));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(why);
    }

    @Test
    void attachesToAProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Stream.of(Server.class, GateMXBean.class)
                                .map(each -> Path.of(each.getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()
                                                .getPath())
                                        .toString())
                                .collect(Collectors.joining(File.pathSeparator)),
                        Server.class.getName(),
                        ALICE.sha256())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");

            ToolRun run = ToolRun.of("refused", String.valueOf(process.pid()));
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("sha256:" + ALICE.sha256(), "CN=gate of a process");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(ToolRun.of("refused", String.valueOf(process.pid())).err())
                .contains("process [" + process.pid() + "] cannot be attached to: ");
    }

    /** A process with a gate; it has the classes of the JDK and of JMX only. */
    static final class Server {

        private Server() {}

        static void register(MBeanServer beans, String gate, RefusedClient... refused) throws Exception {
            GateMXBean bean = (GateMXBean) Proxy.newProxyInstance(
                    GateMXBean.class.getClassLoader(),
                    new Class<?>[] {GateMXBean.class},
                    (proxy, method, arguments) -> method.getName().equals("getName") ? gate : List.of(refused));
            beans.registerMBean(
                    new StandardMBean(bean, GateMXBean.class, true),
                    new ObjectName("io.github.thumbkeeper:type=Gate,name=" + ObjectName.quote(gate)));
        }

        public static void main(String[] arguments) throws Exception {
            RefusedClient client = new RefusedClient(
                    "sha256:" + arguments[0],
                    "CN=gate of a process",
                    "",
                    "",
                    "",
                    "TK-101",
                    "",
                    "",
                    "",
                    1,
                    "",
                    "",
                    "",
                    "",
                    "");
            register(ManagementFactory.getPlatformMBeanServer(), "Catalina/localhost", client);
            System.out.println("ready");
            // Ends with the test, whose end of the pipe it is.
            System.in.read();
        }
    }
}
