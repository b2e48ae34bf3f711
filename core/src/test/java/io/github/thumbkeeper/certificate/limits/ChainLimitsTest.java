/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.CostlyKeys;
import io.github.thumbkeeper.testkit.DisguisedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChainLimitsTest {

    private static final X509Certificate SMALL =
            TestCertificate.named("CN=small").build().certificate();

    @Test
    void acceptsTenCertificates() {
        accept(copies(10, SMALL));
    }

    @Test
    void refusesElevenCertificates() {
        refuse(copies(11, SMALL), "the chain has [11] certificates; expected at most 10");
    }

    @Test
    void acceptsACertificateOf16384Bytes() {
        accept(ofBytes(16_384));
    }

    @Test
    void refusesACertificateOfMoreThan16384Bytes() {
        refuse(
                ofBytes(16_385),
                "certificate 1 of 1: the encoded certificate has [16385] bytes; expected at most 16384");
    }

    @Test
    void accepts65536BytesTogether() {
        accept(copies(4, ofBytes(16_384)));
    }

    @Test
    void refusesMoreThan65536BytesTogether() {
        X509Certificate[] chain = Stream.concat(Stream.of(copies(4, ofBytes(16_384))), Stream.of(SMALL))
                .toArray(X509Certificate[]::new);

        refuse(chain, "bytes; expected at most 65536");
    }

    @Test
    void refusesALongKeyAnywhereInTheChain() throws Exception {
        byte[] der = DisguisedCertificate.of(SMALL, CostlyKeys.rsa(8200, 17)).getEncoded();
        X509Certificate issuer = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));

        refuse(
                new X509Certificate[] {SMALL, issuer},
                "certificate 2 of 2: the modulus of the RSA key has [8200] bits; expected at most 8192");
    }

    private static void accept(X509Certificate... chain) {
        assertThatCode(() -> ChainLimits.check(chain)).doesNotThrowAnyException();
    }

    private static void refuse(X509Certificate[] chain, String reason) {
        assertThatThrownBy(() -> ChainLimits.check(chain))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(reason);
    }

    private static void refuse(X509Certificate certificate, String reason) {
        refuse(new X509Certificate[] {certificate}, reason);
    }

    private static X509Certificate[] copies(int count, X509Certificate certificate) {
        return Collections.nCopies(count, certificate).toArray(X509Certificate[]::new);
    }

    /** Ed25519 signatures have one length, so padding gives each size. */
    private static X509Certificate ofBytes(int bytes) {
        int padding = 10_000;
        return padded(padding + bytes - size(padded(padding)));
    }

    private static X509Certificate padded(int padding) {
        return TestCertificate.named("CN=large")
                .ed25519()
                .serial(BigInteger.ONE)
                .extension("1.2.3.4", false, new byte[padding])
                .build()
                .certificate();
    }

    private static int size(X509Certificate certificate) {
        try {
            return certificate.getEncoded().length;
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
