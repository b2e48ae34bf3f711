/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64Test {

    @Test
    @DisplayName("each text of an encoder is decoded, and no changed last character")
    void decodesOneSpellingOnly() {
        Random random = new Random(815);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String padded = Base64.getEncoder().encodeToString(bytes);
            String bare = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThat(StrictBase64.STANDARD.decode(padded)).isEqualTo(bytes);
            assertThat(StrictBase64.URL.decode(bare)).isEqualTo(bytes);
            if (length % 3 != 0) {
                assertThat(StrictBase64.STANDARD.decode(withSpareBit(padded))).isNull();
                assertThat(StrictBase64.URL.decode(withSpareBit(bare))).isNull();
                assertThat(StrictBase64.STANDARD.decode(padded.replace("=", "")))
                        .isNull();
                assertThat(StrictBase64.URL.decode(padded.replace('+', '-').replace('/', '_')))
                        .isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=",
                "A",
                "AA",
                "AA=",
                "AA==A",
                "AA==AAAA",
                "AAA=AAA=",
                "AAAA=",
                "AAAA====",
                "AB==",
                "AAB=",
                "AA-_",
                " AAAA",
                "AAAA\n",
                "AA\u0100A",
                "AA\u00e9A",
                "AAAA\0"
            })
    void refusesEverythingElse(String text) {
        assertThat(StrictBase64.STANDARD.decode(text)).isNull();
    }

    /** Sets the lowest bit of the last character, which carries nothing. */
    private static String withSpareBit(String base64) {
        int last = base64.replace("=", "").length() - 1;
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                + (base64.contains("-") || base64.contains("_") ? "-_" : "+/");
        char next = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) | 1);
        return base64.substring(0, last) + next + base64.substring(last + 1);
    }
}
