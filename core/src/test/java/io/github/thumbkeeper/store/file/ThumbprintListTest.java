/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbprintListTest {

    private static final String A = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String B = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SHA1 = "a9993e364706816aba3e25717850c26c9cd0d89d";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "label= | [label] holds an empty name",
                "roles= | [roles] holds an empty name",
                "roles=a,,b | [roles] holds an empty name",
                "roles=a, | [roles] holds an empty name",
                "label=Al\"ice\" | [label] is a text of 7 characters (not shown, it may be a password) with a character at index 2",
                "label=a label=a | [label] occurs twice",
                "disabled disabled | [disabled] occurs twice",
                "disabled=false | a text of 14 characters (not shown, it may be a password) follows the thumbprint and is unknown; expected after the thumbprint: label=NAME",
                "Label=a | follows the thumbprint and is unknown",
                "role=a | follows the thumbprint and is unknown",
                "label | follows the thumbprint and is unknown",
                "=a | a text of 2 characters (not shown",
                "alice | a text of 5 characters (not shown, it may be a password) follows the thumbprint",
                "from=2026-01-01 | [from] is a text of 10 characters (not shown, it may be a password) and not an instant; expected 2026-01-31T00:00:00Z",
                "until=tomorrow | [until] is a text of 8 characters (not shown, it may be a password) and not an instant",
                "from= | [from] is a text of 0 characters",
                "from=2026-01-02T00:00:00Z until=2026-01-01T00:00:00Z | is not before until [2026-01-01T00:00:00Z]",
                "from=2026-01-01T00:00:00Z until=2026-01-01T00:00:00Z | is not before until",
                "from=2026-13-01T00:00:00Z | not an instant"
            })
    void refusesBadData(String data, String why) {
        assertThat(refused("# list\n" + A + " " + data + "\n"))
                .startsWith("store [clients.txt] ")
                .contains("line 2: ", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u200E", "\u202E", "\u0007", "\u2028"})
    void refusesInvisibleCharactersInNames(String invisible) {
        assertThat(refused(A + " label=ali" + invisible + "ce"))
                .contains("[label] is a text of 6 characters", "with a character at index 3");
        assertThat(refused(A + " roles=x,ali" + invisible + "ce")).contains("at index 3");
    }

    @Test
    void refusesBadThumbprint() {
        assertThat(refused(A.substring(1))).contains("line 1: ", "has 63 hex digits");
        assertThat(refused("\n\nlabel=alice " + A)).contains("line 3: a text of 11 characters (not shown");
        assertThat(refused(A + "," + B)).contains("[,] (U+002C) at index 64");
        assertThat(refused("AA BB CC")).contains("line 1: a text of 8 characters (not shown");
        assertThat(refused("sha256/AAAA"))
                .contains("a text of 11 characters (not shown, it may be a password) is not a public key pin");
        assertThat(refused(A + "\r" + B + "\n")).contains("line 1: ");
        assertThat(refused("0".repeat(64))).contains("all zeros");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha257:", "sha256 ", "sha256x", "sha384:", "ripe256"})
    void refusesPrefixAmongLinesOfTheSameLength(String prefix) {
        String good = "sha256:" + A + "\n";

        assertThat(refused(good + "sha256:" + B + "\n" + prefix + SHA256_OF_NOTHING + "\n" + good))
                .contains("line 3: ")
                .doesNotContain("line 1: ", "line 2: ");
        assertThat(refused(good + "sha256:" + "0".repeat(64) + "\n")).contains("line 2: ", "all zeros");
        assertThat(refused(good + "sha256:" + B.substring(0, 63) + "g\n")).contains("line 2: ");
    }

    @Test
    void readsEachLineOfTheSameLength() throws StoreException {
        ThumbprintList list = read("sha256:" + A + "\nSHA256:" + B + "\n" + "#".repeat(71) + "\nsha256:"
                + SHA256_OF_NOTHING + "\n" + " ".repeat(71));

        assertThat(list.entries())
                .containsExactlyInAnyOrder(
                        Entry.of(digest(A), null),
                        Entry.of(digest(B), null),
                        Entry.of(digest(SHA256_OF_NOTHING), null));
        assertThat(read("sha1:" + SHA1 + "\n" + "sha1:" + SHA1.replace('a', 'b') + "\n")
                        .warnings())
                .singleElement()
                .asString()
                .contains("2 thumbprints are SHA-1");
    }

    @Test
    void reportsAllBadLinesTogether() {
        assertThat(refused("x\n" + A + "\ny label=a\n" + B + " z"))
                .contains("line 1: a text of 1 character (", "line 3: a text of 1", "line 4: a text of 1");

        String many = IntStream.range(0, 50).mapToObj(i -> "x" + i).collect(Collectors.joining("\n"));
        assertThat(refused(many)).contains("line 20: ", "and 30 more").doesNotContain("line 21");
    }

    @Test
    void refusesSameThumbprintWithOtherData() {
        assertThat(refused(A + " label=alice\n" + B + "\nsha256:" + A.toUpperCase(Locale.ROOT) + " label=bob"))
                .contains("line 3: [sha256:" + A + "] is in line 1 too, with other data");
        assertThat(refused(A + "\n" + A + " disabled")).contains("line 2: ", "is in line 1 too");
    }

    @Test
    void warnsOfRepeatedLine() throws StoreException {
        ThumbprintList list = read(A + " roles=a,b label=x\n\n" + A + "  label=x\troles=b,a\n");

        assertThat(list.entries()).hasSize(1);
        assertThat(list.warnings()).containsExactly("store [clients.txt] line 3 repeats line 1");
    }

    @Test
    void readsAllPartsOfALine() throws StoreException {
        ThumbprintList list = read("\uFEFF# clients\r\n\r\n  \t\r\n" + A
                + " label=alice#2026 roles=orders,admin from=2026-01-01T00:00:00Z until=2027-01-01T00:00:00Z disabled\r\n"
                + "\t" + B + "\t# bob's, label=bob\r\n #" + A + " label=carol");

        assertThat(list.warnings()).isEmpty();
        assertThat(list.entries())
                .containsExactly(
                        new Entry(
                                digest(A),
                                "alice#2026",
                                Set.of("orders", "admin"),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2027-01-01T00:00:00Z"),
                                true),
                        Entry.of(digest(B), null));
    }

    @Test
    void readsThumbprintsAndPinsOfCertificate() throws Exception {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        String colons = alice.sha256().replaceAll("..(?!$)", "$0:");

        for (String form : List.of(alice.sha256(), "sha256:" + alice.sha256(), colons, "\"" + colons + "\"")) {
            assertThat(read(form + " label=J\u00FCrgen").entries())
                    .containsExactly(
                            Entry.of(Thumbprint.ofEncoded(alice.der(), DigestAlgorithm.SHA256), "J\u00FCrgen"));
        }
        for (String form : List.of("sha256/", "sha256//", "pin-sha256:")) {
            assertThat(read(form + alice.pin()).entries())
                    .containsExactly(Entry.of(PublicKeyPin.of(alice.certificate()), null));
        }
    }

    @Test
    void readsEmptyFile() throws StoreException {
        assertThat(read("").entries()).isEmpty();
        assertThat(read("\uFEFF\n# nobody yet\n").entries()).isEmpty();
    }

    @Test
    void warnsOfSha1AndOfInvisibleCharacters() throws StoreException {
        ThumbprintList list = read(SHA1 + "\n\u200E" + A + "\n" + SHA1.replace('a', 'b') + "\n");

        assertThat(list.entries()).hasSize(3);
        assertThat(list.warnings()).hasSize(2);
        assertThat(list.warnings().get(0)).contains("line 2: invisible characters were removed: U+200E at index 0");
        assertThat(list.warnings().get(1)).contains("2 thumbprints are SHA-1");
    }

    @Test
    @DisplayName("bad-input 57: another encoding")
    void refusesOtherEncodings() {
        assertThat(refused((A + "\n" + B + " label=J\u00FCrgen").getBytes(StandardCharsets.ISO_8859_1)))
                .contains("is not UTF-8 text (line 2); save it as UTF-8");
        assertThat(refused((A + "\n").getBytes(StandardCharsets.UTF_16))).contains("is not UTF-8 text (line 1)");
        assertThat(refused((A + "\n").getBytes(StandardCharsets.UTF_16LE))).contains("line 1: ");
    }

    @Test
    void acceptsReplacementCharacterInTheFile() throws StoreException {
        assertThat(read(A + " # \uFFFD").entries()).hasSize(1);
    }

    @Test
    @DisplayName("bad-input 28: text that may be a private key is not shown")
    void neverShowsPastedKey() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        String body = alice.privateKeyPem().replaceAll("-----.*-----\n", "");

        for (String pasted : List.of(alice.privateKeyPem(), A + "\n" + body)) {
            assertThat(refused(pasted))
                    .contains("not shown here")
                    .doesNotContain(body.substring(5, 15), body.substring(70, 80));
        }
    }

    @Test
    void keepsMessagesShort() {
        assertThat(refused("x".repeat(1_000_000) + "\n" + A + " label=" + "\"".repeat(1_000_000))
                        .length())
                .isLessThan(1000);
    }

    private static ThumbprintList read(String text) throws StoreException {
        return ThumbprintList.parse("clients.txt", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(byte[] bytes) {
        return catchThrowableOfType(StoreException.class, () -> ThumbprintList.parse("clients.txt", bytes))
                .getMessage();
    }

    private static CertificateDigest digest(String hex) {
        return ThumbprintParser.plainHex(hex);
    }
}
