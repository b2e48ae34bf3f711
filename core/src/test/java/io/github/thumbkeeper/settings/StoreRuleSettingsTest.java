/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings for a store that is away, shrinks or grows old. */
class StoreRuleSettingsTest {

    private static final TestCertificate ALICE = SettingsTest.ALICE;
    private static final String NAME = "java:comp/env/cert/clients";

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final Counters counters = new Counters();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0} = [{1}]")
    @CsvSource({
        "storeUnavailable, wait, expected refuse-to-start or refuse-requests",
        "storeUnavailable, true, expected refuse-to-start or refuse-requests",
        "maxShrinkPercent, 0, expected a whole number from 1 to 100",
        "maxShrinkPercent, 101, expected a whole number from 1 to 100",
        "maxShrinkPercent, -1, expected a whole number from 1 to 100",
        "maxShrinkPercent, 50%, expected a whole number from 1 to 100",
        "maxShrinkPercent, 0.5, expected a whole number from 1 to 100",
        "maxShrinkPercent, 99999999999, expected a whole number from 1 to 100",
        "maxShrinkPercent, ٥, expected a whole number from 1 to 100",
        "maxStaleness, 1w, 'such as 30s or 10m, up to 8760h'",
        "maxStaleness, 8761h, up to 8760h",
        "maxStaleness, 0s, not longer than refreshInterval",
        "maxStaleness, 29s, not longer than refreshInterval",
        "maxStaleness, 30s, not longer than refreshInterval",
        "includeKeyEntries, yes, expected true or false"
    })
    void refusesFaults(String setting, String value, String told) {
        assertThat(problems(Map.of("store", NAME, setting, value)))
                .singleElement()
                .asString()
                .startsWith((told.startsWith("not") ? "TK-204 " : "TK-203 ") + setting + ": ")
                .contains("[" + value + "]", told);
    }

    @Test
    @DisplayName("a gate that never refreshes would never recover")
    void refusesOutageRulesWithoutRefresh() {
        assertThat(problems(Map.of(
                        "store", NAME,
                        "refreshInterval", "0s",
                        "maxStaleness", "1h",
                        "storeUnavailable", "refuse-requests")))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("TK-204 maxStaleness: [1h]"))
                .anyMatch(problem -> problem.startsWith("TK-204 storeUnavailable: [refuse-requests]"));
        assertThat(problems(Map.of("store", NAME, "refreshInterval", "x", "maxStaleness", "1h")))
                .singleElement()
                .asString()
                .startsWith("TK-203 refreshInterval");
    }

    @ParameterizedTest
    @CsvSource({"includeKeyEntries,true", "storeUnavailable,refuse-requests", "maxShrinkPercent,50", "maxStaleness,1h"})
    void belongsToAStore(String setting, String value) {
        assertThat(problems(Map.of("thumbprints", ALICE.sha256(), setting, value)))
                .singleElement()
                .asString()
                .matches("TK-204 " + setting + ": belongs to \\[store](?: or \\[\\w+])*, which is not set");
    }

    @Test
    @DisplayName("a name that is bound later: refuses to start by default, else 503 until it is there (row 69)")
    void waitsForANameThatIsBoundLater() {
        Map<String, String> given = new HashMap<>(Map.of("store", NAME));
        assertThatThrownBy(() -> open(given)).hasMessageContaining("TK-302 store [" + NAME + "] finds nothing bound");

        given.put("storeUnavailable", "refuse-requests");
        Gate gate = open(given);
        assertThat(gate.state().outage()).isEqualTo(Reason.NO_LIST);
        resources.bind(NAME, ALICE.certificate());
        gate.refresh();

        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
        assertThat(gate.state().outage()).isNull();
    }

    @Test
    @DisplayName("waits for a directory that is mounted later (row 64)")
    void waitsForADirectoryThatIsMountedLater() throws Exception {
        Path late = folder.resolve("late");
        Gate gate = open(Map.of("store", late.toString(), "storeUnavailable", "refuse-requests"));
        Files.createDirectory(late);
        gate.refresh();
        assertThat(gate.state().outage()).as("still empty").isEqualTo(Reason.NO_LIST);
        ALICE.writePem(late.resolve("alice.pem"));
        gate.refresh();

        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
    }

    @ParameterizedTest(name = "what only the administrator can mend refuses to start in any case: [{0}]")
    @ValueSource(strings = {"wrong type", "remote text", "no password", "unknown kind", "too weak"})
    void alwaysRefusesToStartWithAMisconfiguration(String what) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of("store", NAME, "storeUnavailable", "refuse-requests"));
        switch (what) {
            case "wrong type" -> resources.bind(NAME, 5);
            case "remote text" -> resources.bind(NAME, "ldap://host/x");
            case "unknown kind" -> given.put("store", "ldap://host/x");
            case "too weak" -> {
                Path list = folder.resolve("list.txt");
                given.put("store", Files.writeString(list, ALICE.sha1()).toString());
                given.put("principal", "subject");
            }
            default -> {
                Path file = folder.resolve("clients.p12");
                io.github.thumbkeeper.testkit.TestKeyStores.writeTrusted(
                        file, "PKCS12", "secret", Map.of("alice", ALICE.certificate()));
                given.put("store", file.toString());
            }
        }

        assertThatThrownBy(() -> open(given)).isInstanceOf(SettingsException.class);
    }

    @Test
    @DisplayName("a file with a wrong password may be replaced: 503 until it can be opened")
    void waitsForAFileThatCanBeOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("clients.pem"), "half");
        Gate gate = open(Map.of("store", file.toString(), "storeUnavailable", "refuse-requests"));
        ALICE.writePem(file);
        gate.refresh();

        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
    }

    @ParameterizedTest(name = "denyStatus={0} errorFormat={1} mode={2}: the outage is a problem document with 503")
    @CsvSource({"401, html, enforce", "403, container, enforce", "401, auto, report", "403, problem, annotate"})
    void answersAnOutageWithAProblemDocument(String status, String format, String mode) {
        Map<String, String> given = new HashMap<>(Map.of(
                "store", NAME,
                "storeUnavailable", "refuse-requests",
                "denyStatus", status,
                "errorFormat", format,
                "mode", mode,
                "noCertificate", "anonymous",
                "refreshInterval", "10m"));
        given.put("exclude", "/app/*");
        ErrorResponse response = decide(open(given)).errorResponse();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.format()).isEqualTo(ErrorFormat.PROBLEM);
        assertThat(response.headers()).isEqualTo(Map.of("Cache-Control", "no-store", "Retry-After", "600"));
        assertThat(body(response)).contains("\"status\":503", "\"code\":\"TK-300\"");
        given.put("tellReason", "true");
        assertThat(body(decide(open(given)).errorResponse())).contains("\"code\":\"TK-309\"");
    }

    @Test
    @DisplayName(
            "requests that get 503 are counted, and not logged one by one; the mode's reminder does not count them")
    void countsAndDoesNotLogEachRequest() {
        Gate gate = open(Map.of("store", NAME, "storeUnavailable", "refuse-requests", "mode", "report"));
        for (int i = 0; i < 100; i++) {
            decide(gate);
        }
        assertThat(counters.refused(Reason.NO_LIST)).isEqualTo(100);
        assertThat(log.lines(Level.SEVERE)).hasSize(2);
        assertThat(log.lines(Level.WARNING)).isEmpty();
        clock.advance(Duration.ofDays(1));
        decide(gate);

        assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("TK-411", "; 0 requests");
    }

    @Test
    @DisplayName("maxStaleness and maxShrinkPercent reach the gate")
    void appliesGuardsToTheGate() throws Exception {
        TestCertificate bob = TestCertificate.named("CN=bob").build();
        Path list = folder.resolve("list.txt");
        Files.writeString(list, ALICE.sha256() + "\n" + bob.sha256());
        Gate gate = open(Map.of("store", list.toString(), "maxShrinkPercent", "50", "maxStaleness", "1h"));
        Files.writeString(list, "# nobody");
        assertThat(gate.refresh()).isFalse();
        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
        assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-308");

        clock.advance(Duration.ofHours(1).plusNanos(1));
        assertThat(gate.state().outage()).isEqualTo(Reason.STALE_LIST);
    }

    private Verdict decide(Gate gate) {
        return gate.decide(FakeExchange.of(ALICE.certificate()));
    }

    private static String body(ErrorResponse response) {
        return new String(response.problem(), StandardCharsets.UTF_8);
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, resources, clock).open(counters, clock, clock::nanoTime);
    }

    private List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.parse(given, resources, clock))
                .problems();
    }
}
