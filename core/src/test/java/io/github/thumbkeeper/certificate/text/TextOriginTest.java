/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.message.SafeText;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextOriginTest {

    private static final String SHA1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String PIN = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    static Stream<String> passwords() {
        return Stream.of(
                " ",
                "x",
                "changeit",
                "deadbeef",
                "S3cret!pass word",
                SHA1.substring(0, 32),
                SHA1.substring(0, 35),
                SHA256.substring(0, 45),
                SHA256.substring(0, 48),
                SHA256.substring(0, 56),
                "${" + SHA1 + "}",
                "key=" + SHA256,
                "k=" + SHA256,
                "psk:" + SHA256,
                "aes:" + SHA256,
                "key " + SHA256,
                "alice:" + SHA1,
                "$1$" + SHA1,
                PIN,
                "key=" + PIN,
                "sha256/changeit",
                "{SHA256}" + PIN,
                "md5:changeit",
                "sha256:changeit",
                "x5t:changeit",
                SHA256 + SHA256 + SHA256,
                "-".repeat(64),
                "z".repeat(64),
                "-----BEGIN PRIVATE KEY-----");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("a text of a file that is not like a thumbprint is not shown")
    @MethodSource("passwords")
    void hidesTextThatIsNotLikeADigest(String text) {
        assertThat(TextOrigin.STORE.quoted(text))
                .isEqualTo("a text of " + text.length() + (text.length() == 1 ? " character" : " characters")
                        + " (not shown, it may be a password)");
        assertThat(ThumbprintParser.parse(text).problems())
                .singleElement()
                .asString()
                .doesNotContain("has the character");
    }

    static Stream<String> mistypedDigests() {
        return Stream.of(
                "",
                SHA256.substring(1),
                SHA256.substring(4),
                SHA256 + "0000",
                "O" + SHA256.substring(1),
                "OOlI" + SHA256.substring(4),
                "0x" + SHA1,
                "\"" + SHA1.substring(1) + "\"",
                "\u200E" + SHA1.substring(1),
                SHA1.replaceAll("..(?!$)", "$0:").substring(1),
                SHA1.replaceAll("....(?!$)", "$0-").replaceFirst("-", ":"),
                "sha256:" + SHA256.substring(2),
                "SHA1 Fingerprint=" + SHA1.replaceAll("..(?!$)", "$0:").substring(3),
                "md5:" + SHA1.substring(8),
                "sha256/" + PIN.substring(1),
                "pin-sha256=\"" + PIN.substring(2) + "\"",
                "x5t#S256:" + PIN.substring(0, 42));
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("a thumbprint or pin with a few wrong characters is shown")
    @MethodSource("mistypedDigests")
    void showsMistypedDigests(String text) {
        assertThat(TextOrigin.STORE.quoted(text)).isEqualTo(SafeText.quoted(text));
    }

    @Test
    void showsSettingsExceptForKeys() {
        assertThat(TextOrigin.SETTING.quoted("changeit")).isEqualTo("[changeit]");
        assertThat(TextOrigin.SETTING.quoted("-----BEGIN PRIVATE KEY-----\nMIIEvQ"))
                .isEqualTo("[34 characters of PEM or DER, not shown, they may be a private key]");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"${x}", "a${x}b", "${", " ${x} "})
    void findsPlaceholders(String text) {
        assertThat(Placeholder.isIn(text)).isTrue();
        assertThat(Placeholder.isAllOf(text)).isEqualTo(text.strip().equals("${x}"));
    }
}
