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
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings are strict: whatever cannot be honoured refuses to start, by name, value, reason and remedy. */
class SettingsFaultsTest {

    private static final TestCertificate ALICE = SettingsTest.ALICE;
    private static final String SHA256 = ALICE.sha256();
    private static final String PIN = "sha256/" + ALICE.pin();

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0} = [{1}]")
    @MethodSource("faults")
    void refusesFaults(String setting, String value, String[] told) {
        Map<String, String> given = new HashMap<>(Map.of("thumbprints", SHA256));
        given.put(setting, value);

        List<String> problems = problems(given);

        assertThat(problems).as("%s", problems).hasSize(1);
        assertThat(problems.get(0))
                .matches("(?s)TK-20[1-4] .*")
                .contains(setting)
                .contains(told);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("mode", "off", "[off]", "expected enforce, report or annotate"),
                fault("mode", "Enforce", "[Enforce]", "expected"),
                fault("mode", "", "is empty", "enforce, report or annotate"),
                fault("mode", " \t", "is empty"),
                fault("mode", "${mode}", "[${mode}]", "placeholder"),
                fault("mode", "${mode", "placeholder"),
                fault("mode", "enforce,report", "[enforce,report]"),
                fault("mode", "x\n\u202E\u001B[31m", "[x\\u000A\\u202E\\u001B[31m]"),
                fault("noCertificate", "allow", "[allow]", "refuse or anonymous"),
                fault("corsPreflight", "true", "[true]", "never or always"),
                fault("allowEmptyStore", "yes", "[yes]", "true or false"),
                fault("validateNotBefore", "TRUE", "[TRUE]", "true or false"),
                fault("validateNotAfter", "0", "[0]", "true or false"),
                fault("tellReason", "on", "[on]"),
                fault("denyStatus", "404", "[404]", "401 or 403"),
                fault("denyStatus", "200", "[200]", "401 or 403"),
                fault("denyStatus", "0401", "[0401]"),
                fault("errorFormat", "json", "[json]", "auto, problem, html or container"),
                fault(
                        "principal",
                        "e-mail",
                        "[e-mail]",
                        "label, thumbprint, subject, common-name, email, user-principal-name or none"),
                fault("principal", "common_name", "[common_name]"),
                fault("existingPrincipal", "drop", "[drop]", "replace or keep"),
                fault("refreshInterval", "30", "[30]", "30s", "up to 720h"),
                fault("refreshInterval", "-1s", "[-1s]"),
                fault("refreshInterval", "1.5m", "[1.5m]"),
                fault("refreshInterval", "30 s", "[30 s]"),
                fault("refreshInterval", "30S", "[30S]"),
                fault("refreshInterval", "1w", "[1w]"),
                fault("refreshInterval", "721h", "[721h]"),
                fault("refreshInterval", "99999999999999999999s", "[99999999999999999999s]"),
                fault("refreshInterval", "\u0663\u0660s", "\u0663\u0660s"),
                fault("clockSkew", "3601s", "[3601s]", "up to 1h"),
                fault("clockSkew", "-5m", "[-5m]"),
                fault("clockSkew", "2h", "[2h]"),
                fault("reason", "b\u00F6se", "printable characters of ASCII"),
                fault("reason", "a\nb", "[a\\u000Ab]"),
                fault("reason", "x".repeat(201), "up to 200", "..."),
                fault("challenge", "Basic\r\nSet-Cookie: x", "[Basic\\u000D\\u000ASet-Cookie: x]"),
                fault("roles", "a,,b", "[a,,b] has an empty member"),
                fault("roles", ",", "has an empty member"),
                fault("roles", "a b", "[a b] is not the name of a role", "commas"),
                fault("roles", "*", "[*] is not the name of a role"),
                fault("roles", "**", "[**] is not the name of a role"),
                fault("exclude", "/a,,/b", "[/a,,/b] has an empty member"),
                fault("exclude", ";", "[;] has an empty member"),
                fault("exclude", "/*", "[/*] matches every path", "expected /exact"),
                fault("exclude", "/a, public", "[public] does not begin with a slash"),
                fault("store", ",", "[,] has an empty member"),
                fault("store", ";", "[;] has an empty member"),
                fault("store", "/a.pem,,/b.pem", "has an empty member"),
                fault("store", "ldap://evil", "[ldap://evil]", "expected a java: name, a jndi: name or a path"),
                fault("storePassword", "s3cret", "belongs to [store]"),
                fault("storeFilter", "a*", "belongs to [store]"),
                fault("mod", "enforce", "unknown", "did you mean [mode]? The nearest names are mode, "),
                fault("Mode", "enforce", "unknown", "did you mean [mode]?"),
                fault("thumbprint", "x", "unknown", "did you mean [thumbprints]?"),
                fault("validateNotAftr", "x", "did you mean [validateNotAfter]?"),
                fault("storePasswortFile", "x", "did you mean [storePasswordFile]?"),
                fault("denny", "x", "unknown", "did you mean [deny]?"));
    }

    private static Arguments fault(String setting, String value, String... told) {
        return Arguments.of(setting, value, told);
    }

    @Test
    @DisplayName("unknown names without a likeness get no hint")
    void hintsOnlyAtNamesThatAreAlike() {
        assertThat(problems(Map.of("thumbprints", SHA256, "quux", "1")))
                .singleElement()
                .asString()
                .contains("TK-202 setting [quux] in the configuration is unknown; the nearest names are ");
        assertThat(problems(Map.of("thumbprints", SHA256, "x".repeat(100_000), "1")))
                .singleElement()
                .asString()
                .contains("[" + "x".repeat(80) + "...]")
                .hasSizeLessThan(300);
    }

    @ParameterizedTest(name = "{0} = [{1}] refuses to start (bad-input 1)")
    @MethodSource("digestFaults")
    void refusesDigestFaults(String setting, String value, String told) {
        List<String> problems = problems(Map.of(setting, value));

        assertThat(problems).isNotEmpty().allMatch(problem -> problem.startsWith("TK-203 " + setting + ": "));
        assertThat(problems.get(0)).contains(told);
        assertThat(String.join("", problems).length()).isLessThan(4000);
    }

    static Stream<Arguments> digestFaults() {
        return Stream.of(
                Arguments.of("thumbprints", "", "is empty"),
                Arguments.of("thumbprints", ",;,", "empty"),
                Arguments.of("thumbprints", SHA256 + ",," + ALICE.sha1(), "empty member"),
                Arguments.of("thumbprints", SHA256.substring(1), "63"),
                Arguments.of("thumbprints", "0x" + SHA256, "0x"),
                Arguments.of("thumbprints", "O" + SHA256.substring(1), "O"),
                Arguments.of("thumbprints", "sha256:" + ALICE.sha1(), "SHA-1"),
                Arguments.of("thumbprints", SHA256.substring(32), "MD5"),
                Arguments.of("thumbprints", "0".repeat(64), "zero"),
                Arguments.of("thumbprints", "*", "[*]"),
                Arguments.of("thumbprints", "any", "[any]"),
                Arguments.of("thumbprints", "null", "[null]"),
                Arguments.of("thumbprints", "${unset}", "placeholder"),
                Arguments.of("thumbprints", "x".repeat(1_000_000), "..."),
                Arguments.of("thumbprints", PIN, "pin"),
                Arguments.of("publicKeyPins", "", "is empty"),
                Arguments.of("publicKeyPins", SHA256, "sha256/"),
                Arguments.of("publicKeyPins", PIN.substring(0, 20), "sha256/"));
    }

    @Test
    @DisplayName("a pasted private key is not shown (row 28)")
    void doesNotShowPrivateKey() {
        String key = ALICE.privateKeyPem();

        assertThat(String.join("\n", problems(Map.of("thumbprints", key))))
                .doesNotContain(key.substring(40, 60))
                .contains("private key");
    }

    @Test
    @DisplayName("no list at all refuses to start, unless allowEmptyStore=true says so")
    void refusesToStartWithoutAnyList() {
        assertThat(problems(Map.of()))
                .containsExactly(
                        "TK-204 store: no certificate is listed; set thumbprints, publicKeyPins, store or identities");
        assertThat(problems(Map.of("mode", "report"))).hasSize(1);

        Gate gate = parse(Map.of("allowEmptyStore", "true")).open(new Counters(), clock);
        assertThat(gate.decide(FakeExchange.of(ALICE.certificate()))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void reportsAllProblemsTogether() {
        List<String> problems = problems(Map.of(
                "mode", "off",
                "thumbprints", "xyz",
                "store", "http://x, rmi://y",
                "roles", "*",
                "unknown", "1",
                "clockSkew", "2h",
                "exclude", "/, a",
                "denyStatus", "500"));

        assertThat(problems).hasSize(10);
        assertThatThrownBy(() -> parse(Map.of("mode", "off", "roles", "*")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("Thumbkeeper does not start:\nTK-")
                .hasMessageContaining("[off]")
                .hasMessageContaining("[*]")
                .hasMessageContaining("no certificate is listed");
    }

    @Test
    @DisplayName("principal=subject with pins or SHA-1 refuses to start")
    void refusesNamesOfTheClientForWeakEntries() {
        for (String principal : List.of("subject", "common-name")) {
            assertOpenFails(Map.of("principal", principal, "publicKeyPins", PIN), "publicKeyPins", "[" + PIN + "]");
            assertOpenFails(Map.of("principal", principal, "thumbprints", ALICE.sha1()), "thumbprints", "too weak");
            open(Map.of("principal", principal, "thumbprints", SHA256));
        }
    }

    private void assertOpenFails(Map<String, String> given, String... told) {
        Settings settings = parse(given);
        SettingsException failure =
                catchThrowableOfType(SettingsException.class, () -> settings.open(new Counters(), clock));
        assertThat(failure).isNotNull();
        assertThat(failure.problems())
                .singleElement()
                .asString()
                .startsWith("TK-302 ")
                .contains(told)
                .contains("[principal]");
        assertThat(failure).hasCauseInstanceOf(StoreException.class);
    }

    private Gate open(Map<String, String> given) {
        return parse(given).open(new Counters(), clock);
    }

    private Settings parse(Map<String, String> given) {
        return Settings.parse(given, resources, clock);
    }

    private List<String> problems(Map<String, String> given) {
        SettingsException failure = catchThrowableOfType(SettingsException.class, () -> parse(given));
        assertThat(failure)
                .as("problem of %s", given.keySet().stream().limit(3).collect(Collectors.toList()))
                .isNotNull();
        assertThat(failure.problems()).allMatch(problem -> problem.matches("(?s)TK-[0-9]{3} .*"));
        return failure.problems();
    }
}
