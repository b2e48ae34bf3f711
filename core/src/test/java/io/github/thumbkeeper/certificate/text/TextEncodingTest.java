/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TextEncodingTest {

    @Test
    @DisplayName("UTF-8 is decoded, without its byte order mark")
    void decodesUtf8() throws Exception {
        assertThat(TextEncoding.decode("grün".getBytes(StandardCharsets.UTF_8))).isEqualTo("grün");
        assertThat(TextEncoding.decode("\uFEFFgrün".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("grün");
        assertThat(TextEncoding.decode(new byte[0])).isEmpty();
        assertThat(TextEncoding.skipMark(new byte[] {(byte) 0xEF, (byte) 0xBB}, 0, 2))
                .isZero();
    }

    @Test
    void refusesOtherCharsets() {
        assertThatThrownBy(() -> TextEncoding.decode("grün".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> TextEncoding.decode("x".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    @DisplayName("UTF-16 is recognised with and without a byte order mark")
    void recognisesUtf16() {
        assertThat(TextEncoding.isUtf16("x".getBytes(StandardCharsets.UTF_16))).isTrue();
        assertThat(TextEncoding.isUtf16("x".getBytes(StandardCharsets.UTF_16LE)))
                .isTrue();
        assertThat(TextEncoding.isUtf16("x".getBytes(StandardCharsets.UTF_16BE)))
                .isTrue();
        assertThat(TextEncoding.isUtf16("xy".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(TextEncoding.isUtf16(new byte[] {'x'})).isFalse();
    }
}
