/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbprintParserTest {

    private static final String SHA1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OTHER = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void everySpellingGivesTheSameBytes(DigestAlgorithm algorithm) {
        for (int round = 0; round < 50; round++) {
            byte[] digest = randomDigest(algorithm);
            for (String spelling : spellings(algorithm, digest)) {
                assertThat(accepted(spelling)).as(spelling).containsExactly(Thumbprint.ofDigest(algorithm, digest));
                assertThat(ThumbprintParser.parse(spelling).digests())
                        .as(spelling)
                        .containsExactly(Thumbprint.ofDigest(algorithm, digest));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void oneChangedDigitNeverGivesTheSameThumbprint(DigestAlgorithm algorithm) {
        byte[] digest = randomDigest(algorithm);
        String hex = HexFormat.of().formatHex(digest);
        for (int i = 0; i < hex.length(); i++) {
            for (char c : "0123456789abcdefABCDEFgO-: ".toCharArray()) {
                if (Character.toLowerCase(c) != hex.charAt(i)) {
                    String changed = hex.substring(0, i) + c + hex.substring(i + 1);
                    assertIsNot(Thumbprint.ofDigest(algorithm, digest), changed);
                    assertIsNot(Thumbprint.ofDigest(algorithm, digest), algorithm.prefix() + ":" + changed);
                    assertIsNot(Thumbprint.ofDigest(algorithm, digest), grouped(changed, 2, ":"));
                }
            }
        }
    }

    @Test
    void oneChangedBase64CharacterNeverGivesTheSameThumbprint() {
        byte[] digest = randomDigest(DigestAlgorithm.SHA256);
        String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        for (int i = 0; i < base64.length(); i++) {
            for (char c = ' '; c < 0x7F; c++) {
                if (c != base64.charAt(i)) {
                    String changed = base64.substring(0, i) + c + base64.substring(i + 1);
                    assertIsNot(Thumbprint.ofDigest(DigestAlgorithm.SHA256, digest), "x5t#S256:" + changed);
                }
            }
        }
    }

    private static void assertIsNot(Thumbprint original, String changed) {
        assertThat(ThumbprintParser.parseList(changed).digests()).as(changed).doesNotContain(original);
    }

    private List<String> spellings(DigestAlgorithm algorithm, byte[] digest) {
        String hex = HexFormat.of().formatHex(digest);
        String name = algorithm.name().toLowerCase(Locale.ROOT);
        List<String> all = new ArrayList<>(List.of(
                hex,
                hex.toUpperCase(Locale.ROOT),
                grouped(hex, 2, ":"),
                grouped(hex, 2, "-").toUpperCase(Locale.ROOT),
                grouped(hex, 4, ":"),
                name + ":" + hex,
                name.toUpperCase(Locale.ROOT) + ":" + grouped(hex, 2, ":"),
                algorithm.standardName() + ": " + hex,
                algorithm.standardName().toLowerCase(Locale.ROOT) + ":" + hex,
                name + " Fingerprint=" + grouped(hex, 2, ":"),
                name.toUpperCase(Locale.ROOT) + " Fingerprint=" + grouped(hex, 2, ":"),
                '"' + name + " Fingerprint=" + grouped(hex, 2, ":") + '"',
                "'" + hex + "'",
                " \t" + hex + "\r\n"));
        if (algorithm.length() <= 32) {
            String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
            all.addAll(List.of(
                    grouped(hex, 2, " "),
                    grouped(hex, 4, " "),
                    grouped(hex, 2, "\t"),
                    grouped(hex, 2, "  "),
                    (algorithm == DigestAlgorithm.SHA1 ? "x5t:" : "x5t#S256:") + base64));
        }
        return all;
    }

    @Test
    void readsTheThumbprintsOfOneCertificate() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();

        assertThat(accepted(alice.sha1() + "," + alice.sha256() + "," + alice.sha512()))
                .extracting(Thumbprint::algorithm)
                .containsExactly(DigestAlgorithm.SHA1, DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
        assertThat(accepted(alice.sha256())).containsExactly(Thumbprint.ofEncoded(alice.der(), DigestAlgorithm.SHA256));
    }

    @Test
    @DisplayName("bad-input 1: U+200E before the digits, as the Windows dialog copies it")
    void warnsOfLeftToRightMarkInFront() {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList("\u200E" + grouped(SHA256, 2, " "));

        assertThat(parsed.digests()).containsExactlyElementsOf(accepted(SHA256));
        assertThat(parsed.warnings()).containsExactly("invisible characters were removed: U+200E at index 0");
    }

    @ParameterizedTest(name = "bad-input 2 and 3: {0}")
    @ValueSource(
            strings = {
                "\u200B", "\u200F", "\u202A", "\u202E", "\u2060", "\u2066", "\u2069", "\uFEFF", "\u00AD", "\u00A0"
            })
    void removesInvisibleCharacterWithOneWarning(String invisible) {
        String text = SHA256.substring(0, 8) + invisible + SHA256.substring(8) + invisible;

        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(text);

        assertThat(parsed.digests()).containsExactlyElementsOf(accepted(SHA256));
        assertThat(parsed.warnings())
                .singleElement()
                .asString()
                .contains(SafeText.codePoint(invisible.charAt(0)) + " at index 8", " at index 65");
    }

    @Test
    @DisplayName("bad-input 3: no-break spaces between all pairs")
    void removesNoBreakSpacesBetweenPairs() {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(grouped(SHA256, 2, "\u00A0"));

        assertThat(parsed.digests()).containsExactlyElementsOf(accepted(SHA256));
        assertThat(parsed.warnings()).singleElement().asString().endsWith(" and 21 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u200B", "\uFEFF"})
    void refusesTwoThumbprintsThatAnInvisibleCharacterJoins(String invisible) {
        assertThat(refused(SHA256 + invisible + OTHER)).contains("separate them by a comma");
        assertThat(refused(SHA1 + invisible + SHA1)).contains("two SHA-1 thumbprints? separate them by a comma");
    }

    @Test
    void indexesCountRemovedCharacters() {
        assertThat(refused("\u200E\u200E" + SHA256 + ",x" + SHA256)).contains("index 67");
    }

    @Test
    @DisplayName("bad-input 3: a thin space is refused")
    void refusesThinSpace() {
        assertThat(refused(grouped(SHA1, 2, "\u2009"))).contains("has the character U+2009 at index 2", "expected 40");
    }

    @Test
    @DisplayName("bad-input 6")
    void refusesMixedSeparators() {
        assertThat(refused("AA:BB-CC"))
                .isEqualTo("[AA:BB-CC] mixes the separators [:] (index 2) and [-] (index 5); expected one kind");
        assertThat(refused(SHA1.substring(0, 2) + ": " + SHA1.substring(2))).contains("mixes");
    }

    @Test
    @DisplayName("bad-input 7")
    void refusesHexPrefix() {
        assertThat(refused(SHA1 + ";0x" + SHA1)).contains("begins with 0x at index 41");
        assertThat(refused("sha1:0X" + SHA1)).contains("begins with 0x at index 5");
    }

    @Test
    @DisplayName("bad-input 8 and 11: the prefix must agree with the length")
    void refusesPrefixOfAnotherLength() {
        assertThat(refused("sha256:" + SHA1)).endsWith("has 40 hex digits, SHA-256 needs 64 (looks like SHA-1)");
        assertThat(refused("sha256:414243")).isEqualTo("[sha256:414243] has 6 hex digits, SHA-256 needs 64");
        assertThat(refused("SHA1 Fingerprint=" + grouped(SHA256, 2, ":"))).contains("SHA-1 needs 40");
        assertThat(refused("sha256:")).contains("has 0 hex digits");
        assertThat(refused("sha3-256:" + SHA256)).contains("[s] (U+0073) at index 0");
    }

    @ParameterizedTest(name = "bad-input 9 and 10: {0} digits")
    @ValueSource(ints = {1, 31, 39, 41, 56, 63, 65, 95, 97, 127, 129, 1000})
    void refusesOtherCountsOfDigits(int count) {
        assertThat(refused("a".repeat(count)))
                .contains("has " + count + " hex digit", "expected 40 (SHA-1), 64 (SHA-256), 96 (SHA-384) or 128");
    }

    @Test
    @DisplayName("bad-input 12")
    void refusesMd5() {
        String md5 = SHA256.substring(0, 32);
        assertThat(refused(md5)).contains("has 32 hex digits: MD5 is not accepted");
        assertThat(refused(grouped(md5, 2, ":"))).contains("MD5 is not accepted");
        assertThat(refused("MD5 Fingerprint=" + grouped(md5, 2, ":"))).contains("MD5 is not accepted");
        assertThat(refused("sha256:" + md5)).contains("MD5 is not accepted");
        assertThat(refused(md5 + " " + md5)).contains("MD5 is not accepted");
        assertThat(refused(md5 + "\u200B" + md5)).contains("separate them by a comma");
    }

    @Test
    @DisplayName("bad-input 13: letters for digits")
    void refusesLettersThatLookLikeDigits() {
        assertThat(refused("O" + SHA1.substring(1))).contains("has the character [O] (U+004F) at index 0", "a zero?");
        assertThat(refused("sha1:al" + SHA1.substring(2))).contains("[l] (U+006C) at index 6", "a one?");
        assertThat(refused(SHA1 + ", " + SHA1.substring(1) + "G")).contains("[G] (U+0047) at index 81");
    }

    @Test
    @DisplayName("bad-input 14: digits of other scripts")
    void refusesDigitsThatAreNotAscii() {
        assertThat(refused("\uFF11" + SHA1.substring(1))).contains("U+FF11 at index 0");
        assertThat(refused(SHA1.substring(0, 39) + "\u0661")).contains("U+0661 at index 39");
        assertThat(refused("\uD835\uDFD8" + SHA1.substring(2))).contains("U+1D7D8 at index 0");
    }

    @Test
    @DisplayName("bad-input 15: base64url only after its prefix, and only in its one spelling")
    void refusesBase64WithoutItsPrefix() {
        String base64 = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(SHA256));
        assertThat(refused(base64)).contains("not a hex digit");
        assertThat(refused("x5t:" + base64)).contains("has 43 characters after its prefix", "needs 27");
        assertThat(refused("x5t#S256:" + base64 + "=")).contains("[=] (U+003D) at index 52", "without padding");
        assertThat(refused("x5t#S256:" + base64.substring(1))).contains("has 42 characters");
        assertThat(base64).endsWith("0");
        assertThat(refused("x5t#S256:" + base64.substring(0, 42) + "1")).contains("does not end like", "index 51");
        assertThat(refused("x5t#S256:" + "A".repeat(43))).contains("all zeros");
    }

    @ParameterizedTest(name = "bad-input 16 and 17: [{0}]")
    @ValueSource(strings = {"", " ", "\t\r\n", "\u200E", "\"\"", ",", ";", ":", "--", " , "})
    void refusesTextWithoutThumbprint(String text) {
        assertThat(refused(text))
                .containsAnyOf("is empty", "an empty member", "has 0 hex digits")
                .contains("expected");
    }

    @Test
    @DisplayName("bad-input 18: an empty member is refused, one separator at the end is not")
    void refusesEmptyMemberButNotOneSeparatorAtTheEnd() {
        assertThat(refused(SHA1 + ",," + SHA256)).contains("an empty member is before the separator [,] at index 41");
        assertThat(refused("," + SHA1)).contains("before the separator [,] at index 0");
        assertThat(refused(SHA1 + ";\n;")).contains("before the separator [;] at index 42");
        assertThat(accepted(SHA1 + ",")).hasSize(1);
        assertThat(accepted(SHA1 + ";\r\n\r\n" + SHA256 + ";\n")).hasSize(2);
    }

    @Test
    @DisplayName("bad-input 19")
    void warnsOfDuplicate() {
        ParsedDigests<Thumbprint> parsed =
                ThumbprintParser.parseList(SHA256 + " " + grouped(SHA256.toUpperCase(Locale.ROOT), 2, ":"));

        assertThat(parsed.digests()).hasSize(1);
        assertThat(parsed.warnings()).containsExactly("[sha256:" + SHA256 + "] at index 65 is listed before");
    }

    @Test
    @DisplayName("bad-input 21")
    void readsHundredThousandThumbprints() {
        String text = IntStream.range(0, 100_000)
                .mapToObj(i -> HexFormat.of().formatHex(randomDigest(DigestAlgorithm.SHA256)))
                .collect(Collectors.joining(" "));

        assertThat(accepted(text)).hasSize(100_000);
    }

    @Test
    @DisplayName("bad-input 22: a megabyte")
    void keepsMessagesShort() {
        assertThat(refused("a".repeat(1_000_000)).length()).isLessThan(300);
        assertThat(refused("x".repeat(1_000_000)).length()).isLessThan(300);
        assertThat(refused("a ".repeat(500_000)).length()).isLessThan(300);
        List<String> problems = ThumbprintParser.parseList("a,".repeat(50_000)).problems();
        assertThat(problems).hasSize(21).last().isEqualTo("and 49980 more");
    }

    @ParameterizedTest(name = "bad-input 23: {0}")
    @ValueSource(strings = {"*", "any", "null", "${unset}", "${a:-b}", "sha256:${client}", "true", "none"})
    void refusesWordsAndPlaceholders(String text) {
        assertThat(refused(text)).startsWith("[" + text + "] ");
    }

    @Test
    @DisplayName("bad-input 25")
    void refusesAllZeros() {
        assertThat(refused("0".repeat(40))).contains("all zeros");
        assertThat(refused("sha256:" + grouped("0".repeat(64), 2, ":"))).contains("all zeros");
        assertThat(ThumbprintParser.plainHex("0".repeat(64))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 64, 96, 128})
    void readsPlainHexInBytesAsInText(int length) {
        String digits = "0123456789abcdefABCDEF".repeat(6).substring(0, length);
        List<String> texts = new ArrayList<>(List.of(digits, "0".repeat(length), "0".repeat(length - 1) + "1"));
        for (int i = 0; i < length; i++) {
            for (char c : "gG:/@` \u0000\u00E9".toCharArray()) {
                texts.add(digits.substring(0, i) + c + digits.substring(i + 1));
            }
        }
        texts.addAll(List.of("", digits.substring(1), digits + "0"));
        for (String text : texts) {
            byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.ISO_8859_1);
            byte[] digest = new byte[64];
            DigestAlgorithm algorithm = ThumbprintParser.plainHex(bytes, 1, bytes.length - 1, digest);
            Thumbprint expected = ThumbprintParser.plainHex(text);
            assertThat(algorithm).as(text).isEqualTo(expected == null ? null : expected.algorithm());
            if (expected != null) {
                assertThat(digest).startsWith(expected.toBytes());
            }
        }
    }

    @Test
    @DisplayName("bad-input 26: the default locale changes nothing")
    void readsTheSameUnderTurkishLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(accepted("SHA1 FINGERPRINT=" + SHA1.toUpperCase(Locale.ROOT)))
                    .hasSize(1);
            assertThat(refused("\u0131" + SHA1)).contains("U+0131 at index 0");
            assertThat(refused("SHA1 F\u0130NGERPR\u0130NT=" + SHA1)).contains("[S] (U+0053) at index 0");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("bad-input 27: an XML attribute turns line breaks into blanks")
    void readsLinesThatBecameBlanks() {
        String lines = "\n  " + SHA256 + "\n  sha256:" + OTHER + "\n  SHA1 Fingerprint=" + grouped(SHA1, 2, ":") + "\n";

        assertThat(accepted(lines)).hasSize(3);
        assertThat(accepted(lines.replace('\n', ' '))).isEqualTo(accepted(lines));
        assertThat(accepted(lines.replace("\n", "\r\n"))).isEqualTo(accepted(lines));
        assertThat(accepted(lines.replace("\n", "\r"))).isEqualTo(accepted(lines));
    }

    @Test
    @DisplayName("bad-input 28: what may be a private key is not repeated")
    void neverRepeatsAPastedKeyOrCertificate() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        String body = alice.privateKeyPem().replaceAll("-----.*-----", "").strip();
        String secret = body.substring(40, 60);

        for (String pasted : List.of(
                alice.privateKeyPem(),
                alice.pem(),
                body,
                alice.privateKeyPem().replace('\n', ' '),
                "\"" + body + "\"",
                SHA1 + "," + body,
                "sha256:" + body.replace("\n", ""),
                "SHA1 Fingerprint=" + body,
                Base64.getEncoder().encodeToString(alice.der()))) {
            assertThat(refused(pasted))
                    .startsWith("the value looks like a PEM or DER file (")
                    .doesNotContain(secret)
                    .doesNotContain(pasted.substring(10, 20));
        }
    }

    @Test
    void refusesTwoSha256InBlanksWithoutComma() {
        String two = grouped(SHA256, 2, " ") + " " + grouped(OTHER, 2, " ");
        assertThat(refused(two)).contains("has 128 hex digits: two SHA-256 thumbprints? separate them by a comma");
        assertThat(refused("sha256:" + two)).contains("two SHA-256 thumbprints? separate them by a comma");
        assertThat(refused("sha512:" + two)).contains("with blanks inside");
        assertThat(refused(grouped(SHA1, 2, " ") + " " + grouped(SHA1, 2, " "))).contains("two SHA-1 thumbprints?");
        assertThat(refused(grouped(SHA256 + SHA256.substring(32), 4, " ")))
                .contains("which only SHA-1 and SHA-256 may have");
    }

    @Test
    void blanksSeparateWholeThumbprints() {
        String first = "a".repeat(40);
        String second = "b".repeat(40);
        for (String text : List.of(
                first + " " + second,
                grouped(first, 2, ":") + "\t " + grouped(second, 2, "-"),
                "sha1:" + first + " " + second,
                first + " SHA1 Fingerprint=" + grouped(second, 2, ":"),
                "SHA1 Fingerprint=" + grouped(first, 2, ":") + " SHA1 Fingerprint=" + grouped(second, 2, ":"),
                "sha1: " + grouped(first, 2, " ") + " sha1: " + grouped(second, 4, " "),
                "\"" + first + "\" '" + second + "'",
                "\"SHA1 Fingerprint=" + first + "\" \"SHA1:" + second + "\"",
                "x5t:qqqqqqqqqqqqqqqqqqqqqqqqqqo " + second)) {
            assertThat(accepted(text)).as(text).isEqualTo(accepted(first + "," + second));
        }
    }

    @Test
    void refusesOneOfSeveralSeparatedByBlanks() {
        assertThat(refused(SHA1 + " " + SHA1.substring(1))).contains("has 39 hex digits");
        assertThat(refused(SHA256 + " AA")).contains("has 66 hex digits");
        assertThat(refused("sha256:" + SHA1 + " " + SHA256)).contains("SHA-256 needs 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", ":a", "aa::", "aaaaa:a", "aaa:aaa", "aaaaaaaa:", "aa:aaaa:"})
    void refusesUnevenGroups(String start) {
        String text = start + "b".repeat(40 - start.replace(":", "").length());
        assertThat(refused(text)).contains("has a group of ", "all groups must have 2 hex digits or all 4");
        assertThat(refused("A9-" + SHA1.substring(2) + "-")).contains("has a group of");
        assertThat(refused(grouped(SHA1, 2, ":") + ":")).contains("has a group of 0 at index 59");
    }

    @Test
    void refusesQuotesInside() {
        assertThat(refused("\"" + SHA1)).contains("[\"] (U+0022) at index 0");
        assertThat(refused("\"" + SHA1 + "'")).contains("[\"] (U+0022) at index 0");
        assertThat(refused("\"sha1:" + SHA1)).contains("[\"] (U+0022) at index 0");
        assertThat(refused("'\"" + SHA1 + "\"'")).contains("[\"] (U+0022) at index 1");
    }

    @Test
    void explainsThatAPinIsNotAThumbprint() {
        assertThat(refused("sha256/" + "A".repeat(43) + "=")).contains("is the pin of a public key");
    }

    @Test
    void reportsAllProblemsAndThenListsNothing() {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(SHA256 + ",xyz,,12;" + OTHER + "\n0x1");

        assertThat(parsed.digests()).isEmpty();
        assertThat(parsed.problems()).hasSize(4);
    }

    @Test
    void escapesShownText() {
        assertThat(refused("abc\u0007\u001B[31m")).contains("[abc\\u0007\\u001B[31m]", "U+0007 at index 3");
    }

    @Test
    void warnsOfSha1OncePerList() {
        assertThat(ThumbprintParser.parseList(SHA1 + "," + "b".repeat(40)).warnings())
                .singleElement()
                .asString()
                .contains("2 thumbprints are SHA-1", "collisions", "SHA-256 is recommended");
        assertThat(ThumbprintParser.parseList(SHA256).warnings()).isEmpty();
    }

    @Test
    void refusesAListWhereOneThumbprintIsExpected() {
        assertThat(ThumbprintParser.parse(SHA1 + "," + SHA256, TextOrigin.SETTING)
                        .problems())
                .singleElement()
                .asString()
                .contains("[,] (U+002C) at index 40");
        assertThat(ThumbprintParser.parse(SHA1 + " " + SHA256, TextOrigin.SETTING)
                        .problems())
                .singleElement()
                .asString()
                .contains("is more than one thumbprint");
        assertThat(ThumbprintParser.parse("").problems())
                .singleElement()
                .asString()
                .contains("[] is empty");
    }

    private static List<Thumbprint> accepted(String text) {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(text);
        assertThat(parsed.problems()).as(SafeText.text(text)).isEmpty();
        return parsed.digests();
    }

    private static String refused(String text) {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(text);
        assertThat(parsed.digests()).isEmpty();
        assertThat(parsed.problems()).as(SafeText.text(text)).isNotEmpty();
        return parsed.problems().get(0);
    }

    private byte[] randomDigest(DigestAlgorithm algorithm) {
        byte[] digest = new byte[algorithm.length()];
        random.nextBytes(digest);
        return digest;
    }

    private static String grouped(String hex, int size, String separator) {
        return hex.replaceAll(".{" + size + "}(?!$)", "$0" + separator);
    }
}
