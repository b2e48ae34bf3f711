/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCostTest {

    @ParameterizedTest(name = "{0} bits and an exponent of {1}: {2}")
    @CsvSource({
        "2048, 17, true",
        "8192, 17, true",
        "8193, 17, false",
        "16384, 17, false",
        "2048, 64, false",
        "3072, 3000, false"
    })
    @DisplayName("with an RSA key of")
    void boundsRsa(int modulus, int exponent, boolean bounded) throws Exception {
        assertThat(KeyCost.isBounded(rsa(modulus, exponent))).isEqualTo(bounded);
    }

    @Test
    void takesNoDsa() throws Exception {
        BigInteger p = BigInteger.ONE.shiftLeft(59_999).setBit(0);
        PublicKey key = KeyFactory.getInstance("DSA")
                .generatePublic(new DSAPublicKeySpec(
                        BigInteger.TWO, p, BigInteger.ONE.shiftLeft(255).setBit(0), BigInteger.TWO));

        assertThat(KeyCost.isBounded(key)).isFalse();
    }

    @Test
    void takesTheUsualKeys() {
        assertThat(KeyCost.isBounded(
                        TestCertificate.named("CN=a").ec().build().certificate().getPublicKey()))
                .isTrue();
        assertThat(KeyCost.isBounded(TestCertificate.named("CN=b")
                        .rsa(2048)
                        .build()
                        .certificate()
                        .getPublicKey()))
                .isTrue();
    }

    private static PublicKey rsa(int modulus, int exponent) throws Exception {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        BigInteger.ONE.shiftLeft(modulus - 1).setBit(0),
                        BigInteger.ONE.shiftLeft(exponent - 1).setBit(0)));
    }
}
