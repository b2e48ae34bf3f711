/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line tool as a process of its own, from the packaged valve, on the base folder of a stock Tomcat. */
class StockCommandLineIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory,O=\u202e\u001b[31mred").build();
    /** Most bytes of the jar, which is copied to every server. */
    private static final long MOST_BYTES = 1_600_000;

    private static final String VALVE =
            "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" store=\"conf/clients\"/>\n";

    @TempDir
    private Path base;

    /** The result of a process. */
    private record Run(int status, String out, String err) {}

    @BeforeEach
    void copyStockConfiguration() throws IOException {
        Path home = Path.of(System.getProperty("thumbkeeper.stock.tomcat10"));
        Folders.copyFiles(home.resolve("conf"), base.resolve("conf"));
        Files.createDirectories(base.resolve("conf/clients"));
        Files.createDirectories(base.resolve("webapps"));
        ALICE.writePem(base.resolve("conf/clients/alice.pem"));
        ALICE.writePem(base.resolve("alice.pem"));
        MALLORY.writePem(base.resolve("mallory.pem"));
        Files.writeString(base.resolve("partners.list"), ALICE.sha256() + " label=alice roles=orders\n");
        Files.writeString(base.resolve("gate.properties"), "thumbprints=" + ALICE.sha256() + "\n");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "| 2 | - | no command is given",
                "nonsense | 2 | - | is not a command; expected thumbprint, list, check",
                "--help | 0 | Examples | -",
                "help explain | 0 | Examples | -",
                "--version | 0 | thumbkeeper 0 | -",
                "version | 0 | thumbkeeper 0 | -",
                "thumbprint | 2 | - | thumbprint needs a file",
                "thumbprint missing.pem | 1 | - | does not exist",
                "thumbprint alice.pem | 0 | sha256: | -",
                "thumbprint --format colon alice.pem | 0 | : | -",
                "thumbprint --format base64url alice.pem | 0 | - | -",
                "thumbprint --format pin alice.pem | 0 | sha256/ | -",
                "thumbprint --format x5t alice.pem | 0 | x5t#S256: | -",
                "thumbprint --format json alice.pem | 0 | \"sha256\": | -",
                "thumbprint --format yaml alice.pem | 2 | - | is not a format",
                "list partners.list conf/clients | 0 | orders | -",
                "list --csv partners.list | 0 | label,thumbprint | -",
                "list --json partners.list | 0 | \"roles\": | -",
                "list --json --csv partners.list | 2 | - | cannot be combined",
                "list missing | 1 | - | does not exist",
                "check . | 1 | no gate is configured | -",
                "check --json . | 1 | \"level\": \"ERROR\" | -",
                "check conf/server.xml | 1 | no gate is configured | -",
                "check conf/context.xml | 1 | no gate is configured | -",
                "check conf/web.xml | 1 | no gate is configured | -",
                "check gate.properties | 0 | would start | -",
                "check | 2 | - | check needs SETTINGS",
                "explain gate.properties alice.pem | 0 | Admitted | -",
                "explain gate.properties mallory.pem | 1 | TK-101 | -",
                "explain --json gate.properties mallory.pem | 1 | \"code\": \"TK-101\" | -",
                "explain gate.properties mallory.pem --at never | 2 | - | is not a date",
                "settings | 0 | clockSkew | -",
                "settings clockSkew | 0 | clockSkew | -",
                "settings clockSkw | 2 | - | the nearest are clockSkew",
                "settings --markdown | 0 | # Settings | -",
                "completion bash | 0 | complete -F | -",
                "completion zsh | 0 | bashcompinit | -",
                "completion fish | 2 | - | expected bash or zsh"
            })
    void hasAnswerAndStatus(String arguments, int status, String out, String err) throws Exception {
        Run run = run(arguments == null ? new String[0] : arguments.split(" "));

        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).contains(out == null ? "" : out).doesNotContain("\u001b", "\u202e");
        assertThat(run.err()).contains(err == null ? "" : err).doesNotContain("\u001b", "Exception");
        assertThat(run.out().isEmpty()).isEqualTo(status == 2 || run.err().contains("does not exist"));
    }

    @Test
    void checksAStockTomcatWithAGateAndFindsTheConnectorWithoutTls() throws Exception {
        Path server = base.resolve("conf/server.xml");
        String stock = Files.readString(server);
        Files.writeString(
                server,
                stock.replace(
                        "<Valve className=\"org.apache.catalina.valves.AccessLog",
                        VALVE + "<Valve className=\"org.apache.catalina.valves.AccessLog"));

        Run check = run("check", ".");
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out())
                .contains(
                        "WARNING  Host [localhost]: TK-401 no client certificate can arrive on connector",
                        "OK       Host [localhost]: would start: [conf/clients] 1 ");
        assertThat(run("explain", ".", "alice.pem").status()).isZero();
        assertThat(run("explain", ".", "mallory.pem").out()).contains("Host [localhost]", "TK-101", "31mred,");
    }

    /** The tool's own jar has all that it needs, and answers like the valve's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "nonsense",
                "thumbprint --format json alice.pem",
                "list --csv partners.list conf/clients",
                "check --json .",
                "check gate.properties",
                "explain gate.properties alice.pem",
                "explain --json gate.properties mallory.pem",
                "settings clockSkew",
                "completion zsh",
                "migrate policy.xml"
            })
    void answersTheSameFromItsOwnJar(String arguments) throws Exception {
        Files.writeString(
                base.resolve("policy.xml"),
                "<policies><inbound><validate-client-certificate validate-trust=\"false\"><identities>"
                        + "<identity thumbprint=\"" + ALICE.sha1() + "\"/></identities>"
                        + "</validate-client-certificate></inbound></policies>");

        Run own = runJar("thumbkeeper.cli.jar", arguments.split(" "));
        Run packed = run(arguments.split(" "));

        assertThat(own.status()).isEqualTo(packed.status());
        assertThat(withoutTimes(own.out())).isEqualTo(withoutTimes(packed.out()));
        assertThat(own.err()).isEqualTo(packed.err());
        assertThat(own.out() + own.err()).isNotEmpty().doesNotContain("Exception");
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME");
    }

    @Test
    void isSmallEnough() throws IOException {
        assertThat(Files.size(StockSite.jar("thumbkeeper.valve.jar"))).isLessThan(MOST_BYTES);
    }

    @Test
    void hasNoWriter() throws IOException {
        try (JarFile jar = new JarFile(StockSite.jar("thumbkeeper.valve.jar").toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("io/github/thumbkeeper/sql/postgresql.sql")
                    .noneMatch(name -> name.contains("/store/write/") || name.endsWith("-writing.sql"));
        }
    }

    private Run run(String... arguments) throws Exception {
        return runJar("thumbkeeper.valve.jar", arguments);
    }

    private Run runJar(String jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                StockSite.jar(jar).toAbsolutePath().normalize().toString()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("tool", "err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(base.toFile()).redirectError(err.toFile());
            builder.environment().putAll(Map.of("TERM", "xterm", "LC_ALL", "C"));
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
