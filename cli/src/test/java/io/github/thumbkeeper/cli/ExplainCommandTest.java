/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the explanation of a decision, with its output and exit status. */
class ExplainCommandTest {

    private final TestCertificate alice = TestCertificate.named("CN=alice").build();
    private final TestCertificate mallory = TestCertificate.named("CN=mallory").build();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeCertificates() throws IOException {
        alice.writePem(folder.resolve("alice.pem"));
        mallory.writePem(folder.resolve("mallory.pem"));
        settings("thumbprints=" + alice.sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain | explain needs SETTINGS and CERT",
                "explain GATE alice.pem --at tomorrow | [tomorrow] is not a date; expected one such as 2027-06-01",
                "explain GATE alice.pem --header x | [--header] does not have the form NAME:VALUE",
                "explain GATE alice.pem --gate nowhere | [nowhere] is in the place of no gate",
                "explain GATE alice.pem bob.pem | [bob.pem] is unexpected"
            })
    void refusesWrongArguments(String arguments, String why) {
        ToolRun run = ToolRun.of(paths(arguments));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(why);
    }

    @Test
    void refusesAFileWithoutCertificate() throws IOException {
        Files.writeString(folder.resolve("list"), alice.sha256() + "\n");

        assertThat(run("explain GATE missing.pem").err()).contains("missing.pem] does not exist");
        ToolRun list = run("explain GATE list");
        assertThat(list.status()).isEqualTo(1);
        assertThat(list.err()).contains("has no certificate");
    }

    @Test
    void reportsWhyAGateDoesNotStart() throws IOException {
        settings("thumbprint=x");

        ToolRun run = run("explain GATE alice.pem");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("TK-202");
    }

    @Test
    void explainsARefusalWithEveryCheckAndWhatToChange() {
        ToolRun run = run("explain GATE mallory.pem --at 2090-01-01");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("  FAILED +list +TK-101 .*"))
                .anyMatch(line -> line.matches("  FAILED +dates +TK-102 .* checked at 2090-01-01T00:00:00Z"))
                .anyMatch(line -> line.matches("  not checked +trust +validateTrust is off"))
                .contains("  Refused with status 401 (TK-101)")
                .anyMatch(line -> line.startsWith("  To admit it: Add sha256:" + mallory.sha256()));
    }

    @Test
    void explainsAnAdmission() {
        ToolRun run = run("explain GATE alice.pem");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("passed", "  Admitted, as [").doesNotContain("FAILED", "To admit it");
    }

    @Test
    void explainsAHeaderByItsPeer() throws IOException {
        settings("thumbprints=" + alice.sha256() + "\ncertificateHeader=nginx\ntrustedProxies=10.0.0.5");
        String header = "X-SSL-Client-Cert: "
                + URLEncoder.encode(alice.pem(), StandardCharsets.UTF_8).replace("+", "%20");
        String gate = folder.resolve("gate.properties").toString();

        ToolRun trusted = ToolRun.of("explain", "--peer", "10.0.0.5", "--header", header, gate);
        assertThat(trusted.out()).contains("  Admitted");
        ToolRun stranger = ToolRun.of("explain", "--peer", "10.0.0.6", "--header", header, gate);
        assertThat(stranger.out()).contains("FAILED", "TK-130").doesNotContain("BEGIN");
        ToolRun malformed =
                ToolRun.of("explain", "--peer", "10.0.0.5", "--header", "X-SSL-Client-Cert: secret%2", gate);
        assertThat(malformed.out()).contains("TK-133").doesNotContain("secret");
    }

    @Test
    void explainsAPathThatNeedsNoCertificate() throws IOException {
        settings("thumbprints=" + alice.sha256() + "\nexclude=/health");

        assertThat(run("explain GATE --path /health").out()).contains("Passes without a certificate");
        ToolRun other = run("explain GATE --path /orders");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.out()).contains("Refused with status 401 (TK-104)");
    }

    @Test
    void saysThatAModeLetsTheRequestPass() throws IOException {
        settings("thumbprints=" + alice.sha256() + "\nmode=report");

        ToolRun run = run("explain GATE mallory.pem");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("Would be refused with TK-101, but the mode lets the request pass");
    }

    @Test
    void printsJson() {
        assertThat(run("explain --json GATE mallory.pem").out())
                .startsWith("[")
                .contains("\"code\": \"TK-101\"", "\"enforced\": true", "\"outcome\": \"FAILED\"", "\"advice\": [");
    }

    private void settings(String text) throws IOException {
        Files.writeString(folder.resolve("gate.properties"), text + "\n");
    }

    private ToolRun run(String arguments) {
        return ToolRun.of(paths(arguments));
    }

    private String[] paths(String arguments) {
        String[] all = arguments.split(" ");
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals("GATE")) {
                all[i] = folder.resolve("gate.properties").toString();
            } else if (all[i].matches("alice.pem|mallory.pem|missing.pem|list")) {
                all[i] = folder.resolve(all[i]).toString();
            }
        }
        return all;
    }
}
