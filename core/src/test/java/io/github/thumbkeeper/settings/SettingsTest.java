/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Meaning of the settings. The page docs/settings.md pins every default, see SettingsPageTest in the module cli. */
class SettingsTest {

    static final TestCertificate ALICE = TestCertificate.named("CN=alice").build();
    private static final String SHA256 = ALICE.sha256();
    private static final String PIN = "sha256/" + ALICE.pin();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("a row names the setting like its constant, and its default has the syntax of the row")
    void rowsAreConsistent(Setting setting) {
        assertThat(setting.key().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .isEqualTo(setting.name());
        assertThat(setting.description()).endsWith(".");
        assertThat(setting.type()).isNotBlank();
        assertThat(setting.owners()).doesNotContain(setting);
        if (setting.defaultValue() != null) {
            assertThat(setting.syntax().expectedInsteadOf(setting.defaultValue()))
                    .isNull();
        }
    }

    @Test
    void usesDefaultsForSettingsLeftOut() {
        Settings settings = parse(Map.of("thumbprints", SHA256));

        assertThat(settings.policy().refusesAllOthers()).isTrue();
        assertThat(settings.policy().dates().clockSkew()).isZero();
        assertThat(settings.policy().dates().checkNotBefore()).isTrue();
        assertThat(settings.policy().dates().checkNotAfter()).isTrue();
        assertThat(settings.refreshInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.errorFormat()).isEqualTo(ErrorFormat.AUTO);
        assertThat(settings.existingPrincipal()).isEqualTo(Settings.ExistingPrincipal.REPLACE);
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void parsesEveryValue() {
        Settings settings = parse(Map.ofEntries(
                Map.entry("thumbprints", " " + SHA256 + " "),
                Map.entry("mode", " report "),
                Map.entry("noCertificate", "anonymous"),
                Map.entry("corsPreflight", "always"),
                Map.entry("validateNotBefore", "false"),
                Map.entry("validateNotAfter", "false"),
                Map.entry("clockSkew", "1h"),
                Map.entry("refreshInterval", "0s"),
                Map.entry("errorFormat", "html"),
                Map.entry("existingPrincipal", "keep"),
                Map.entry("denyStatus", "403"),
                Map.entry("exclude", "/health *.css"),
                Map.entry("principal", "common-name")));

        assertThat(settings.policy().mode()).isEqualTo(Mode.REPORT);
        assertThat(settings.policy().anonymous()).isTrue();
        assertThat(settings.policy().corsPreflight()).isTrue();
        assertThat(settings.policy().dates().checkNotBefore()).isFalse();
        assertThat(settings.policy().dates().checkNotAfter()).isFalse();
        assertThat(settings.policy().dates().clockSkew()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.refreshInterval()).isZero();
        assertThat(settings.errorFormat()).isEqualTo(ErrorFormat.HTML);
        assertThat(settings.existingPrincipal()).isEqualTo(Settings.ExistingPrincipal.KEEP);
        assertThat(settings.warnings())
                .anyMatch(warning -> warning.startsWith("TK-410 mode=report"))
                .anyMatch(warning -> warning.startsWith("TK-412 exclude: [*.css]"));
    }

    @Test
    @DisplayName("SHA-1 is one WARN per list, invisible characters are named (rows 1, 19)")
    void warnsOfWeakThumbprintsAndInvisibleCharacters() {
        assertThat(parse(Map.of("thumbprints", ALICE.sha1())).warnings())
                .singleElement()
                .asString()
                .startsWith("TK-403 thumbprints: ")
                .contains("SHA-1");
        assertThat(parse(Map.of("thumbprints", "\u200E" + SHA256)).warnings())
                .singleElement()
                .asString()
                .contains("U+200E");
    }

    @ParameterizedTest(name = "exclude = [{0}]")
    @MethodSource("excludeLists")
    void readsListsOfPatterns(String list) {
        Gate gate = open(Map.of("thumbprints", SHA256, "exclude", list));

        for (String path : List.of("/a", "/b/c")) {
            assertThat(gate.decide(FakeExchange.withoutCertificate().path("", path, path)))
                    .isEqualTo(Verdict.Exempt.EXCLUDED_PATH);
        }
    }

    static Stream<String> excludeLists() {
        return Stream.of(
                "/a,/b/*",
                "/a, /b/*",
                "/a ,/b/*",
                "/a , /b/*",
                "/a  ,  /b/*",
                "/a /b/*",
                "/a;/b/*",
                "/a;\n/b/*;",
                "\n  /a\n  /b/*\n",
                "/a\r\n/b/*",
                "/a,\t/b/*,",
                "/a\t \n/b/* ;");
    }

    @ParameterizedTest(name = "store = [{0}]")
    @MethodSource("storeLists")
    void readsListsOfLocations(String list) {
        parse(Map.of("store", list));

        assertThat(resources.asked()).containsExactly("file /c d/one.pem", "file C:\\two");
    }

    static Stream<String> storeLists() {
        return Stream.of(
                "/c d/one.pem,C:\\two",
                "/c d/one.pem , C:\\two",
                "/c d/one.pem;C:\\two;",
                "/c d/one.pem; C:\\two ,",
                "/c d/one.pem\nC:\\two",
                "\n  /c d/one.pem\r\n  C:\\two\r\n",
                "/c d/one.pem;\n   C:\\two;\n",
                "/c d/one.pem\n\n\nC:\\two");
    }

    @Test
    @DisplayName("thumbprints come before pins, pins before stores, as written")
    void keepsTheOrderOfLists() {
        resources.file("/list", write("from-store#1.pem", ALICE.pem()));
        Gate gate = open(Map.of("store", "/list", "publicKeyPins", PIN, "thumbprints", ALICE.sha1()));
        assertThat(gate.summary()).matches("\\[thumbprints] 1 .*\\[publicKeyPins] 1 .*\\[/list] 1 .*");
        assertThat(nameOf(gate)).isEqualTo("sha1:" + ALICE.sha1());

        assertThat(nameOf(open(Map.of("store", "/list", "publicKeyPins", PIN)))).isEqualTo(PIN);
        assertThat(nameOf(open(Map.of("store", "/list")))).isEqualTo("from-store");
    }

    @Test
    void addsRolesToEveryIdentity() {
        Verdict verdict = open(Map.of("thumbprints", SHA256, "roles", "client, shop"))
                .decide(FakeExchange.of(ALICE.certificate()));

        assertThat(((Verdict.Admitted) verdict).identity().roles()).containsExactlyInAnyOrder("client", "shop");
    }

    @Test
    void sendsTheCodeOnlyIfTellReasonIsOn() {
        for (boolean tell : List.of(true, false)) {
            Verdict verdict = open(Map.of("thumbprints", SHA256, "tellReason", String.valueOf(tell)))
                    .decide(FakeExchange.withoutCertificate());
            assertThat(new String(verdict.errorResponse().problem(), StandardCharsets.UTF_8))
                    .contains(tell ? "\"TK-104\"" : "\"TK-100\"");
        }
    }

    @Test
    @DisplayName("the default locale makes no difference (row 26)")
    void parsesSettingsInATurkishLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            Settings settings =
                    parse(Map.of("thumbprints", SHA256.toUpperCase(Locale.ROOT), "noCertificate", "anonymous"));
            assertThat(settings.policy().anonymous()).isTrue();
            assertThat(problems(Map.of("thumbprints", SHA256, "EXCLUDE", "x")).get(0))
                    .contains("did you mean [exclude]?");
            assertThat(problems(Map.of("thumbprints", SHA256, "principal", "x")).get(0))
                    .contains("thumbprint, subject");
        } finally {
            Locale.setDefault(before);
        }
    }

    private String nameOf(Gate gate) {
        return ((Verdict.Admitted) gate.decide(FakeExchange.of(ALICE.certificate())))
                .identity()
                .name();
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

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
