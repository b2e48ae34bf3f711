/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.ECFieldF2m;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeySizeLimitsTest {

    @ParameterizedTest(name = "{0} bits and an exponent of {1}")
    @CsvSource({"2048, 17", "8192, 17", "8192, 33"})
    @DisplayName("accepts an RSA key of")
    void acceptsRsa(int modulus, int exponent) throws Exception {
        accept(rsa(modulus, exponent));
    }

    @ParameterizedTest(name = "{0} bits and an exponent of {1}")
    @CsvSource({
        "8193, 17, modulus of the RSA key has [8193] bits; expected at most 8192",
        "16384, 17, modulus of the RSA key has [16384] bits; expected at most 8192",
        "2048, 34, public exponent of the RSA key has [34] bits; expected at most 33",
        "3072, 3000, public exponent of the RSA key has [3000] bits; expected at most 33"
    })
    @DisplayName("refuses an RSA key of")
    void refusesRsa(int modulus, int exponent, String reason) throws Exception {
        refuse(rsa(modulus, exponent), reason);
    }

    @Test
    void acceptsDsaUpToFips186() throws Exception {
        accept(dsa(3072, 256, 3072, 3072));
    }

    @ParameterizedTest(name = "p {0}, q {1}, g {2}, y {3} bits")
    @CsvSource({
        "3073, 256, 3072, 3072, p of the DSA key has [3073] bits; expected at most 3072",
        "240000, 256, 256, 256, p of the DSA key has [240000] bits; expected at most 3072",
        "3072, 257, 3072, 3072, q of the DSA key has [257] bits; expected at most 256",
        "3072, 256, 3073, 3072, g of the DSA key has [3073] bits; expected at most 3072",
        "3072, 256, 3072, 3073, y of the DSA key has [3073] bits; expected at most 3072"
    })
    @DisplayName("refuses a DSA key of")
    void refusesDsa(int p, int q, int g, int y, String reason) throws Exception {
        refuse(dsa(p, q, g, y), reason);
    }

    @Test
    void refusesDsaThatInheritsItsParameters() {
        refuse(new DsaWithoutParameters(), "the DSA key has no parameters");
    }

    @Test
    void acceptsTheLargestCurveOfTheJdk() {
        accept(new Ec(curve(new ECFieldFp(odd(521)), 521)));
    }

    static Stream<ECParameterSpec> largeCurves() {
        return Stream.of(
                curve(new ECFieldFp(odd(522)), 521),
                curve(new ECFieldF2m(571), 521),
                curve(new ECFieldFp(odd(100_000)), 256),
                curve(new ECFieldFp(odd(256)), 522));
    }

    @ParameterizedTest
    @MethodSource("largeCurves")
    void refusesLargeCurves(ECParameterSpec curve) {
        refuse(new Ec(curve), "of the curve of the EC key has [");
    }

    @Test
    void refusesAnEcKeyWithoutParameters() {
        refuse(new Ec(null), "the EC key has no parameters");
    }

    @Test
    void acceptsOtherKindsUpTo4096Bytes() {
        accept(new Other(new byte[4096]));
    }

    @Test
    void refusesOtherKindsOfMoreThan4096Bytes() {
        refuse(new Other(new byte[4097]), "the encoded key has [4097] bytes; expected at most 4096");
    }

    @Test
    void refusesAKeyWithoutAnEncoding() {
        refuse(new Other(null), "the encoded key has [0] bytes");
    }

    @Test
    void acceptsTheUsualKeys() {
        Stream.of(
                        TestCertificate.named("CN=a").ec(),
                        TestCertificate.named("CN=b").rsa(2048),
                        TestCertificate.named("CN=c").dsa(),
                        TestCertificate.named("CN=d").ed25519())
                .map(each -> each.build().certificate().getPublicKey())
                .forEach(KeySizeLimitsTest::accept);
    }

    private static void accept(PublicKey key) {
        assertThatCode(() -> KeySizeLimits.check(key)).doesNotThrowAnyException();
    }

    private static void refuse(PublicKey key, String reason) {
        assertThatThrownBy(() -> KeySizeLimits.check(key))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(reason);
    }

    private static PublicKey rsa(int modulus, int exponent) throws Exception {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(odd(modulus), odd(exponent)));
    }

    private static PublicKey dsa(int p, int q, int g, int y) throws Exception {
        return KeyFactory.getInstance("DSA").generatePublic(new DSAPublicKeySpec(odd(y), odd(p), odd(q), odd(g)));
    }

    private static ECParameterSpec curve(java.security.spec.ECField field, int order) {
        EllipticCurve curve = new EllipticCurve(field, BigInteger.ONE, BigInteger.ONE);
        return new ECParameterSpec(curve, new ECPoint(BigInteger.ONE, BigInteger.ONE), odd(order), 1);
    }

    private static BigInteger odd(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    }

    private static class Other implements PublicKey {
        private static final long serialVersionUID = 1L;

        private final byte @Nullable [] encoded;

        Other(byte @Nullable [] encoded) {
            this.encoded = encoded;
        }

        @Override
        public String getAlgorithm() {
            return "other";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return encoded;
        }
    }

    /** A provider other than the JDK's may give keys on any curve. */
    private static final class Ec extends Other implements ECPublicKey {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable ECParameterSpec curve;

        Ec(@Nullable ECParameterSpec curve) {
            super(new byte[100]);
            this.curve = curve;
        }

        @Override
        public @Nullable ECParameterSpec getParams() {
            return curve;
        }

        @Override
        public ECPoint getW() {
            return new ECPoint(BigInteger.ONE, BigInteger.ONE);
        }
    }

    private static final class DsaWithoutParameters extends Other implements DSAPublicKey {
        private static final long serialVersionUID = 1L;

        DsaWithoutParameters() {
            super(new byte[100]);
        }

        @Override
        public BigInteger getY() {
            return BigInteger.ONE;
        }

        @Override
        public @Nullable DSAParams getParams() {
            return null;
        }
    }
}
