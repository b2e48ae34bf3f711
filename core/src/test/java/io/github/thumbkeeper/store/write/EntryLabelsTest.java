/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryLabelsTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("empty", ""),
                Arguments.of("blank", " "),
                Arguments.of("parent folder", "../alice"),
                Arguments.of("parent folder alone", ".."),
                Arguments.of("this folder", "."),
                Arguments.of("absolute path", "/etc/passwd"),
                Arguments.of("path of Windows", "C:\\alice"),
                Arguments.of("drive", "C:alice"),
                Arguments.of("alternate data stream", "alice:stream"),
                Arguments.of("backslash", "..\\alice"),
                Arguments.of("NUL character", "alice\0.pem"),
                Arguments.of("line feed", "alice\nbob"),
                Arguments.of("carriage return", "alice\rbob"),
                Arguments.of("tabulator", "alice\tbob"),
                Arguments.of("escape of a terminal", "alice\u001B[2J"),
                Arguments.of("hidden file", ".alice"),
                Arguments.of("lock file of a writer", ".clients.lock"),
                Arguments.of("trailing dot", "alice."),
                Arguments.of("trailing blank", "alice "),
                Arguments.of("leading blank", " alice"),
                Arguments.of("300 characters", "a".repeat(300)),
                Arguments.of("101 characters", "a".repeat(101)),
                Arguments.of("201 bytes", "\u20AC".repeat(67)),
                Arguments.of("end of a label in a file name", "alice#2026"),
                Arguments.of("double quote", "al\"ice"),
                Arguments.of("wildcard", "alice*"),
                Arguments.of("question mark", "alice?"),
                Arguments.of("pipe", "alice|sh"),
                Arguments.of("redirection", "alice>x"),
                Arguments.of("device", "CON"),
                Arguments.of("device in lower case", "nul"),
                Arguments.of("device with an extension", "aux.pem"),
                Arguments.of("device with a blank", "prn .txt"),
                Arguments.of("serial port", "COM1"),
                Arguments.of("serial port with a superscript", "COM\u00B9"),
                Arguments.of("printer port", "lpt9.x"),
                Arguments.of("console", "CONIN$"),
                Arguments.of("override of direction", "alice\u202Emep"),
                Arguments.of("mark of direction", "alice\u200F"),
                Arguments.of("letters of both directions", "alice\u05D0"),
                Arguments.of("Arabic and Latin letters", "\u0627bob"),
                Arguments.of("zero width space", "al\u200Bice"),
                Arguments.of("byte order mark", "\uFEFFalice"),
                Arguments.of("no-break space", "al\u00A0ice"),
                Arguments.of("line separator", "al\u2028ice"),
                Arguments.of("lone surrogate", "al\uD800ice"),
                Arguments.of("private use", "al\uE000ice"),
                Arguments.of("unassigned", "al\uFFFFice"),
                Arguments.of("decomposed letter", "u\u0308ber"),
                Arguments.of("private key", "-----BEGIN PRIVATE KEY-----"),
                Arguments.of("DER in base64", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String label) {
        assertThat(EntryLabels.problem(label)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "Partner A",
                "a.b-c_d@example.org",
                "CONsul",
                "com10",
                "O'Neill & Sons (1) 50%",
                "CN=alice,O=Example",
                "\u00FCber",
                "\u05D0\u05D1",
                "\uD83D\uDD11 key",
                "clients",
                "$HOME",
                "-rf"
            })
    void accepts(String label) {
        assertThat(EntryLabels.problem(label)).isEmpty();
    }

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(
            strings = {
                "00AD", "034F", "061C", "115F", "1160", "17B4", "180B", "180F", "2065", "2800", "3164", "FE00", "FE0F",
                "FFA0", "FFF0", "1BCA0", "1D173", "E0000", "E0100", "E01EF", "E0FFF"
            })
    void refusesCharacterWithoutShape(String hex) {
        String label = "al" + Character.toString(Integer.parseInt(hex, 16)) + "ice";

        assertThat(EntryLabels.problem(label))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("has the character U+" + hex + " at index 2, which is not visible"));
    }

    @Test
    void hasOneKeyForLabelsThatLookAlike() {
        assertThat(EntryLabels.key("\uFF21lice"))
                .isEqualTo(EntryLabels.key("ALICE"))
                .isEqualTo("alice");
        assertThat(EntryLabels.key("stra\u00DFe")).isEqualTo(EntryLabels.key("STRASSE"));
    }
}
