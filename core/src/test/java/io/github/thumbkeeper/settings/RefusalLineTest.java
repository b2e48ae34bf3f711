/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The log line of a refused request: who asked, at which gate, and what exactly is wrong. */
class RefusalLineTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final Instant END = ALICE.certificate().getNotAfter().toInstant();
    private static final Instant START = ALICE.certificate().getNotBefore().toInstant();

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();

    @TempDir
    Path folder;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void namesTheDateAndTheEntry(
            String kind, String list, Instant now, @Nullable TestCertificate client, String expected) throws Exception {
        Path file = Files.writeString(folder.resolve("clients.list"), list);
        FakeExchange exchange =
                client == null ? FakeExchange.withoutCertificate() : FakeExchange.of(client.certificate());

        Verdict verdict = Settings.parse(Map.of("store", file.toString()), resources)
                .open("Catalina/localhost/app", InstantSource.fixed(now), Runnable::run)
                .gate()
                .decide(exchange);

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(log.lines())
                .filteredOn(line -> line.contains(" refused GET "))
                .singleElement()
                .asString()
                .contains(expected.replace(
                        "~", "refused GET [/app/orders] from [192.0.2.7] at gate [Catalina/localhost/app]"));
    }

    static Stream<Arguments> refusals() {
        String alice = ALICE.sha256();
        Instant now = START.plusSeconds(60);
        return Stream.of(
                Arguments.of(
                        "expired",
                        alice + " label=alice\n",
                        END.plusSeconds(1),
                        ALICE,
                        "TK-102 ~: the certificate has expired: its notAfter is " + END + "; it is listed as [alice]"),
                Arguments.of(
                        "expired, without a label",
                        alice + "\n",
                        END.plusSeconds(1),
                        ALICE,
                        "TK-102 ~: the certificate has expired: its notAfter is " + END + "; it is listed as [sha256:"
                                + alice + "]"),
                Arguments.of(
                        "not yet valid",
                        alice + " label=alice\n",
                        START.minusSeconds(1),
                        ALICE,
                        "TK-103 ~: the certificate is not valid yet: its notBefore is " + START
                                + "; it is listed as [alice]"),
                Arguments.of(
                        "disabled",
                        alice + " label=alice disabled\n",
                        now,
                        ALICE,
                        "TK-106 ~: an entry that matches the certificate is disabled: [alice]"),
                Arguments.of(
                        "not in force",
                        alice + " label=alice from=2001-01-01T00:00:00Z until=2001-02-01T00:00:00Z\n",
                        now,
                        ALICE,
                        "TK-107 ~: the entry that matches the certificate is not in force now: [alice] from"
                                + " 2001-01-01T00:00:00Z until 2001-02-01T00:00:00Z"),
                Arguments.of(
                        "not listed",
                        alice + " label=alice\n",
                        now,
                        BOB,
                        "TK-101 ~: the certificate is not listed; certificate [sha256:" + BOB.sha256() + "]"),
                Arguments.of(
                        "no certificate",
                        alice + " label=alice\n",
                        now,
                        null,
                        "TK-104 ~: no client certificate; expected a TLS connector that asks for one, in Tomcat with"
                                + " certificateVerification=\"optional\" or \"required\", and a client that has one which the"
                                + " connector accepts; urn:uuid:"));
    }
}
