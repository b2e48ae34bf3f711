/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the error response. */
class ErrorResponseTest {

    private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");
    private static final String ZERO = "00000000-0000-0000-0000-000000000000";

    /** A member of a flat JSON object, with the following comma or brace (RFC 8259). */
    private static final Pattern MEMBER =
            Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1F]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)\":"
                    + "(?:\"((?:[^\"\\\\\\x00-\\x1F]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)\"|([0-9]+))([,}])");

    @Test
    @DisplayName("the problem document has the members of RFC 9457")
    void givesProblemDocument() {
        assertThat(json(refusal(401, "Invalid client certificate").problem()))
                .containsExactly(
                        Map.entry("type", "tag:thumbkeeper.github.io,2026:client-certificate"),
                        Map.entry("title", "Invalid client certificate"),
                        Map.entry("status", "401"),
                        Map.entry("instance", "urn:uuid:" + ID),
                        Map.entry("code", "TK-100"));
    }

    @ParameterizedTest(name = "title [{0}]")
    @ValueSource(
            strings = {
                "a\"b",
                "a\\",
                "\\\"",
                "a\nb\t\u0000\u001F",
                "</title><script>alert(1)</script>",
                "a&b<c>d",
                "&lt;",
                ZERO,
                "urn:uuid:" + ZERO,
                "\",\"code\":\"x",
                ""
            })
    void titlesCannotBreakOut(String title) {
        ErrorResponse response = refusal(401, title);
        String page = new String(response.html(), StandardCharsets.UTF_8);

        assertThat(json(response.problem()))
                .hasSize(5)
                .containsEntry("instance", "urn:uuid:" + ID)
                .containsEntry("code", "TK-100")
                .containsEntry("title", jsonEscaped(title));
        assertThat(page.replaceAll("<[^>]*>", "|"))
                .isEqualTo("|||||" + htmlEscaped(title) + "||||" + htmlEscaped(title)
                        + "||Status 401, code TK-100, request urn:uuid:" + ID + "|||");
    }

    @Test
    @DisplayName("the id has a fixed length and position, so responses differ in nothing else")
    void differsInTheIdOnly() {
        ErrorTemplate template = ErrorTemplate.refusal(401, "no", "ClientCertificate", "TK-100", ErrorFormat.PROBLEM);
        byte[] one = template.with(ID).problem();
        byte[] other = template.with(new UUID(0, 0)).problem();

        assertThat(one).hasSameSizeAs(other);
        int at = new String(one, StandardCharsets.UTF_8).indexOf(ID.toString());
        assertThat(Arrays.copyOf(one, at)).isEqualTo(Arrays.copyOf(other, at));
        assertThat(Arrays.copyOfRange(one, at + 36, one.length))
                .isEqualTo(Arrays.copyOfRange(other, at + 36, one.length));
        assertThat(template.with(ID).html())
                .hasSameSizeAs(template.with(new UUID(-1, -1)).html());
        one[0] = 0;
        assertThat(template.with(ID).problem()[0]).isEqualTo((byte) '{');
    }

    @Test
    @DisplayName("a 401 has a challenge, RFC 9110 section 15.5.2; a 403 and a 503 have none; none is stored")
    void challengesWith401Only() {
        assertThat(refusal(401, "no").headers())
                .containsOnly(
                        Map.entry("Cache-Control", "no-store"), Map.entry("WWW-Authenticate", "ClientCertificate"));
        assertThat(refusal(403, "no").headers()).containsOnly(Map.entry("Cache-Control", "no-store"));
        assertThat(refusal(403, "no").status()).isEqualTo(403);
        ErrorResponse unavailable = ErrorTemplate.unavailable().with(ID);
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.headers()).containsOnly(Map.entry("Cache-Control", "no-store"));
        assertThat(json(unavailable.problem())).containsEntry("code", "TK-300").containsEntry("status", "503");
        ErrorResponse outage = ErrorTemplate.outage("TK-309", 30).with(ID);
        assertThat(outage.status()).isEqualTo(503);
        assertThat(outage.headers()).isEqualTo(Map.of("Cache-Control", "no-store", "Retry-After", "30"));
        assertThat(json(outage.problem())).containsEntry("code", "TK-309").containsEntry("status", "503");
    }

    @Test
    void onlyAnEnforcedRefusalHasAResponse() {
        ErrorTemplate template = ErrorTemplate.unavailable();
        Verdict.Refused enforced = new RefusalTemplate(Reason.EXPIRED, "", template, true).with(1);

        assertThat(enforced.errorResponse()).isEqualTo(enforced.response());
        assertThat(new RefusalTemplate(Reason.EXPIRED, "", template, false)
                        .with(1)
                        .errorResponse())
                .isNull();
        assertThat(Verdict.Exempt.values()).allMatch(exempt -> exempt.errorResponse() == null);
    }

    @Test
    @DisplayName("codes are stable; one has two texts, since a rule can be missing for two reasons")
    void codesAreStable() {
        assertThat(Arrays.stream(Reason.values()).map(reason -> reason + " " + reason.code()))
                .containsExactly(
                        "NOT_LISTED TK-101",
                        "EXPIRED TK-102",
                        "NOT_YET_VALID TK-103",
                        "NO_CERTIFICATE TK-104",
                        "MALFORMED TK-105",
                        "ENTRY_DISABLED TK-106",
                        "ENTRY_NOT_IN_FORCE TK-107",
                        "NO_COMMON_NAME TK-108",
                        "NOT_TRUSTED TK-110",
                        "NOT_FOR_CLIENTS TK-111",
                        "REVOKED TK-112",
                        "REVOCATION_NOT_KNOWN TK-113",
                        "REVOCATION_NOT_PROVED TK-114",
                        "NO_RULE TK-120",
                        "NO_RULE_FOR_ENTRY TK-120",
                        "DENIED TK-121",
                        "KEY_TOO_SMALL TK-122",
                        "SIGNATURE_ALGORITHM TK-123",
                        "KEY_USAGE TK-124",
                        "EXTENDED_KEY_USAGE TK-125",
                        "CERTIFICATE_POLICY TK-126",
                        "HEADER_FROM_UNTRUSTED_PEER TK-130",
                        "HEADER_AMBIGUOUS TK-131",
                        "HEADER_TOO_LONG TK-132",
                        "HEADER_MALFORMED TK-133",
                        "NOT_VERIFIED_BY_PROXY TK-134",
                        "NO_LIST TK-309",
                        "STALE_LIST TK-310",
                        "INTERNAL TK-199");
        assertThat(Arrays.stream(Reason.values()).map(Reason::text)).doesNotHaveDuplicates();
    }

    private static ErrorResponse refusal(int status, String title) {
        return ErrorTemplate.refusal(status, title, "ClientCertificate", "TK-100", ErrorFormat.AUTO)
                .with(ID);
    }

    private static Map<String, String> json(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(text).startsWith("{").endsWith("}");
        Map<String, String> members = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(text);
        int at = 1;
        while (at < text.length()) {
            assertThat(matcher.find(at) && matcher.start() == at)
                    .as("JSON from %d of %s", at, text)
                    .isTrue();
            members.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            at = matcher.end();
        }
        return members;
    }

    private static String jsonEscaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\u000a")
                .replace("\t", "\\u0009")
                .replace("\u0000", "\\u0000")
                .replace("\u001F", "\\u001f");
    }

    private static String htmlEscaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
