/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the table of the entries of stores. */
class ListCommandTest {

    private final TestCertificate alice = TestCertificate.named("CN=alice").build();

    @TempDir
    private Path folder;

    @Test
    void refusesToRunWithoutAStoreAndBothForms() {
        assertThat(ToolRun.of("list").err()).contains("needs a store");
        ToolRun both = ToolRun.of("list", "--json", "--csv", path("x"));
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err()).contains("[--json] cannot be combined with --csv");
    }

    @Test
    void refusesAStoreThatDoesNotExist() {
        ToolRun run = ToolRun.of("list", path("missing"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("missing", "does not exist");
    }

    @Test
    void printsWhatIsWrongWithACertificate() {
        Instant now = Instant.now();
        TestCertificate.named("CN=ca")
                .ca()
                .validUntil(now.plus(Duration.ofDays(3)))
                .build()
                .writePem(folder.resolve("ca.pem"));
        TestCertificate.named("CN=old")
                .rsa(1024)
                .validUntil(now.minusSeconds(1))
                .build()
                .writePem(folder.resolve("old.pem"));

        String out = ToolRun.of("list", folder.toString()).out();

        assertThat(out.lines().findFirst().orElseThrow()).matches("label +thumbprint +subject +ends +roles +remarks");
        assertThat(out.lines().filter(line -> line.startsWith("ca ")))
                .singleElement()
                .asString()
                .contains("CN=ca", "ends in 2 days; authority (CA:TRUE)");
        assertThat(out.lines().filter(line -> line.startsWith("old ")))
                .singleElement()
                .asString()
                .contains("expired; RSA key of 1024 bits");
    }

    @Test
    void printsRolesAndDatesOfAList() throws IOException {
        Files.writeString(
                folder.resolve("clients.list"),
                alice.sha256() + " label=alice roles=orders,admin until=2001-01-01T00:00:00Z\n" + alice.sha1()
                        + " label=bob disabled\n");

        ToolRun run = ToolRun.of("list", "--csv", path("clients.list"));

        assertThat(run.out().lines())
                .containsExactlyInAnyOrder(
                        "label,thumbprint,subject,ends,roles,remarks",
                        "alice,sha256:" + alice.sha256() + ",,2001-01-01T00:00:00Z,admin orders,entry expired",
                        "bob,sha1:" + alice.sha1() + ",,,,disabled; SHA-1 thumbprint");
    }

    @Test
    void printsJson() {
        alice.writePem(folder.resolve("alice.pem"));

        assertThat(ToolRun.of("list", "--json", path("alice.pem")).out())
                .contains(
                        "\"label\": \"alice\"",
                        "\"listedAs\": \"sha256:" + alice.sha256() + "\"",
                        "\"subject\": \"CN=alice\"",
                        "\"pin\": \"sha256/" + alice.pin() + "\"",
                        "\"remarks\": [");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
