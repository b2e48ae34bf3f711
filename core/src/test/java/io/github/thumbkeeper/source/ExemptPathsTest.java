/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.fakes.FakeExchange;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is exempt only if its raw URI is already the plain path that is served (CVE-2026-0976 and similar ones). */
class ExemptPathsTest {

    private static final ExemptPaths PUBLIC = ExemptPaths.of(List.of("/public/*", "/health", "*.css"));

    @ParameterizedTest(name = "{0} served as {1} needs a certificate")
    @CsvSource({
        "/app/public;x=y/page, /public/page",
        "/app/public/page;jsessionid=1, /public/page",
        "/app;/public/page, /public/page",
        "/app/;/public/page, /public/page",
        "/app/secret/..;/public/page, /public/page",
        "/app/public/..;/secret, /secret",
        "/app//public/page, /public/page",
        "//app/public/page, /public/page",
        "/app/public//page, /public/page",
        "/app/public/page//, /public/page/",
        "/app/public/./page, /public/page",
        "/app/./public/page, /public/page",
        "/./app/public/page, /public/page",
        "/app/public/page/., /public/page/",
        "/app/public/x/.., /public/",
        "/app/public/.., /",
        "/app/public/../secret, /secret",
        "/app/secret/../public/page, /public/page",
        "/x/../app/public/page, /public/page",
        "/app/public/%2e%2e/secret, /secret",
        "/app/public/%2E%2E/secret, /secret",
        "/app/public/%2e/page, /public/page",
        "/app/%2e/public/page, /public/page",
        "/app/public%2fpage, /public/page",
        "/app/public%2Fpage, /public/page",
        "/app/public/..%2fsecret, /secret",
        "/app/%70ublic/page, /public/page",
        "/%61pp/public/page, /public/page",
        "/app/public/%252e%252e/secret, /public/%2e%2e/secret",
        "/app/public/page%00, /public/page",
        "/app/public/page%3b, /public/page;",
        "/app/public/page%20, '/public/page '",
        "/app/public/page%c0%af, /public/page",
        "/app/public/%5c..%5csecret, /secret",
        "/app/public\\page, /public/page",
        "/app\\public\\page, /public/page",
        "/app/public/..\\secret, /secret",
        "/app/public/\\..\\secret, /public/\\..\\secret",
        "/app/PUBLIC/page, /PUBLIC/page",
        "/app/Public/page, /Public/page",
        "/app/public./page, /public./page",
        "/app/public, /secret",
        "/app/publicity, /publicity",
        "/app/health/, /health/",
        "/app/health., /health.",
        "/app/HEALTH, /HEALTH",
        "/app/health/x, /health/x",
        "/app/healthy, /healthy",
        "/app/xhealth, /xhealth",
        "/app/x/health, /x/health",
        "/app/secret/public/page, /secret/public/page",
        "/app/secret, /public/page",
        "/app/public/page, /secret",
        "/secret, /public/page",
        "/other/public/page, /public/page",
        "/app/style.css/secret, /style.css/secret",
        "/app/secret;.css, /secret",
        "/app/secret;x=.css, /secret;x=.css",
        "/app/secret%3b.css, /secret;.css",
        "/app/secret.CSS, /secret.CSS",
        "/app/secret.css., /secret.css.",
        "/app/secret.css/, /secret.css/",
        "/app/secretcss, /secretcss",
        "http://host/app/public/page, /public/page",
        "app/public/page, /public/page",
        "*, /public/page",
        "'', /public/page",
        "null, /public/page",
    })
    void needsACertificateForAnAmbiguousPath(String raw, String served) {
        assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("/app", raw, served)))
                .isFalse();
    }

    @Test
    void needsACertificateForControlAndNonAsciiCharacters() {
        for (char c :
                new char[] {0, '\t', '\n', '\r', ' ', 0x1B, 0x7F, 0x85, 0xA0, 0xE9, 0x202E, 0x2215, 0xFF0F, 0xFEFF}) {
            String path = "/public/page" + c;
            assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("/app", "/app" + path, path)))
                    .as("U+%04X", (int) c)
                    .isFalse();
        }
    }

    @Test
    void needsACertificateIfTheServedPathIsUnknown() {
        assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("/app", "/app/public/page", null)))
                .isFalse();
        assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("/app", "/appnull", null)))
                .isFalse();
    }

    @Test
    void exemptsNothingByDefault() {
        ExemptPaths none = ExemptPaths.of(List.of());

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.exempts(FakeExchange.withoutCertificate())).isFalse();
        assertThat(PUBLIC.isEmpty()).isFalse();
    }

    @ParameterizedTest(name = "{0} is exempt")
    @ValueSource(
            strings = {
                "/public",
                "/public/",
                "/public/page",
                "/public/a/b/c.html",
                "/public/.well-known",
                "/public/..page",
                "/public/page..",
                "/health",
                "/style.css",
                "/a/b/style.css",
                "/.css"
            })
    void exemptsPlainPathsThatMatch(String path) {
        assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("/app", "/app" + path, path)))
                .isTrue();
        assertThat(PUBLIC.exempts(FakeExchange.withoutCertificate().path("", path, path)))
                .isTrue();
    }

    @ParameterizedTest(name = "pattern [{0}] {1}")
    @CsvSource({
        "/, matches every path",
        "/*, matches every path",
        "'', does not begin with a slash",
        "*, does not begin with a slash",
        "public/*, does not begin with a slash",
        "http://host/public, does not begin with a slash",
        "**, does not begin with a slash",
        "*., is not an extension",
        "*.*, is not an extension",
        "*.a*, is not an extension",
        "*.a/b, is not an extension",
        "*.c%73s, is not an extension",
        "*.a b, is not an extension",
        "*.a\\b, is not an extension",
        "*.é, is not an extension",
        "/*.css, has a *",
        "/a*, has a *",
        "/a/*/b, has a *",
        "/a/**, has a *",
        "/a/*/, has a *",
        "//*, is not a plain",
        "//a, is not a plain",
        "/a//b, is not a plain",
        "/a/./b, is not a plain",
        "/a/../b, is not a plain",
        "/a/.., is not a plain",
        "/a/., is not a plain",
        "/../*, is not a plain",
        "/%61, is not a plain",
        "/a;b, is not a plain",
        "/a\\b, is not a plain",
        "'/a b', is not a plain",
        "/é, is not a plain",
        "/a?b, is not a plain",
        "/a#b, is not a plain",
    })
    void refusesPatterns(String pattern, String why) {
        assertThatThrownBy(() -> ExemptPaths.of(List.of("/fine", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("expected /exact, /prefix/* and *.extension");
    }

    @Test
    @DisplayName("a preflight has OPTIONS, one Origin and one Access-Control-Request-Method exactly")
    void recognisesPreflights() {
        assertThat(CorsPreflight.is(preflight())).isTrue();
        assertThat(CorsPreflight.is(preflight().method("options"))).isFalse();
        assertThat(CorsPreflight.is(preflight().method("GET"))).isFalse();
        assertThat(CorsPreflight.is(preflight().header("Origin"))).isFalse();
        assertThat(CorsPreflight.is(preflight().header("Origin", "https://a", "https://b")))
                .isFalse();
        assertThat(CorsPreflight.is(preflight().header("Access-Control-Request-Method")))
                .isFalse();
        assertThat(CorsPreflight.is(preflight().header("Access-Control-Request-Method", "PUT", "GET")))
                .isFalse();
        assertThat(CorsPreflight.is(preflight().header("Origin", ""))).isFalse();
        assertThat(CorsPreflight.is(preflight().header("Access-Control-Request-Method", " ")))
                .isFalse();
    }

    private static FakeExchange preflight() {
        return FakeExchange.withoutCertificate()
                .method("OPTIONS")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PUT");
    }
}
