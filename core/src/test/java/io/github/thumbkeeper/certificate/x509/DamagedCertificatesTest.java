/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.x509.CheckedCertificate.Parsed;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate.Unparsed;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares {@link CheckedCertificate} with the JDK's parser, on certificates damaged in every {@linkplain Damage way}: both refuse a
 * certificate or both read the same from it.
 */
class DamagedCertificatesTest {

    private static final int ROUNDS = 300;
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final byte[] SIGNING = {3, 2, 7, (byte) 0x80};
    private static final byte[] CLIENT_USAGE = HexFormat.of().parseHex("300a06082b06010505070302");

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").rsa(2048).ca().build();

    /** Certificates that are read without the JDK's parser. */
    private static final List<TestCertificate> USUAL = List.of(
            ROOT,
            TestCertificate.named("CN=Müller,O=Shop,C=DE")
                    .key(ROOT.keyPair())
                    .dnsName("alice.example")
                    .extendedKeyUsage(CLIENT)
                    .issuedBy(ROOT)
                    .build(),
            TestCertificate.named("CN=alice")
                    .validUntil(Instant.parse("2061-01-01T00:00:00Z"))
                    .extension("2.5.29.15", true, SIGNING)
                    .extension("2.5.29.19", false, new byte[] {0x30, 0})
                    .extension("2.5.29.37", true, CLIENT_USAGE)
                    .build(),
            TestCertificate.named("CN=alice+OU=Shop,EMAILADDRESS=alice@shop.example")
                    .key(keys("EC", 384))
                    .signedWith("SHA384withECDSA")
                    .extension("1.2.3.4", false, new byte[] {5, 0})
                    .build(),
            TestCertificate.named("CN=alice")
                    .key(keys("EC", 521))
                    .signedWith("SHA512withECDSA")
                    .extension("2.5.29.15", false, SIGNING)
                    .build());

    /** Certificates that only the JDK's parser reads. */
    private static final List<TestCertificate> UNUSUAL = List.of(
            TestCertificate.named("CN=alice")
                    .rsa(1024)
                    .dnsName("alice.example")
                    .issuedBy(ROOT)
                    .build(),
            TestCertificate.named("CN=alice")
                    .dnsName("alice.example")
                    .issuedBy(ROOT)
                    .signedWith("SHA1withRSA")
                    .build(),
            TestCertificate.named("").dnsName("alice.example").issuedBy(ROOT).build());

    private static final List<TestCertificate> ALL =
            Stream.concat(USUAL.stream(), UNUSUAL.stream()).toList();

    @ParameterizedTest
    @EnumSource
    void refusesAndReadsWhatTheJdkDoes(Damage damage) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] der = ALL.get(seed % ALL.size()).der();
            byte[] damaged = damage.apply(der, random);
            assertSame(damage + ", seed " + seed, damaged);
        }
    }

    @Test
    void readsSoundCertificatesAsTheJdkDoes() throws Exception {
        for (TestCertificate each : USUAL) {
            assertThat(CheckedCertificate.of(each.der()))
                    .as(each.certificate().toString())
                    .isInstanceOf(Unparsed.class);
        }
        for (TestCertificate each : UNUSUAL) {
            assertThat(CheckedCertificate.of(each.der())).isInstanceOf(Parsed.class);
        }
        ALL.forEach(each -> assertSame(each.certificate().toString(), each.der()));
    }

    @Test
    void readsManyDamagedCertificatesWithoutTheJdk() {
        long unparsed = Stream.of(Damage.values())
                .flatMap(damage -> Stream.iterate(0, seed -> seed + 1)
                        .limit(ROUNDS)
                        .map(seed -> damage.apply(ALL.get(seed % ALL.size()).der(), new Random(seed))))
                .filter(der -> UsualForm.read(der).isPresent())
                .count();

        assertThat(unparsed).isGreaterThan(Damage.values().length * ROUNDS / 20);
    }

    private static void assertSame(String name, byte[] der) {
        Optional<X509Certificate> expected = byTheJdk(der);
        if (expected.isEmpty()) {
            assertThatThrownBy(() -> CheckedCertificate.of(der))
                    .as(name)
                    .isInstanceOf(CertificateFormatException.class)
                    .message()
                    .isNotBlank();
            return;
        }
        X509Certificate certificate = expected.get();
        try {
            CheckedCertificate read = CheckedCertificate.of(der);
            Parsed parsed = Parsed.of(der, certificate);
            assertThat(read.der()).as(name).isEqualTo(der);
            assertThat(read.parsed()).as(name).isEqualTo(certificate);
            assertThat(read.notAfter()).as(name).isEqualTo(parsed.notAfter());
            assertThat(read.isAuthority()).as(name).isEqualTo(parsed.isAuthority());
            assertThat(read.hasSmallKey()).as(name).isEqualTo(parsed.hasSmallKey());
            assertThat(read.hasBrokenSignature()).as(name).isEqualTo(parsed.hasBrokenSignature());
        } catch (CertificateFormatException e) {
            throw new AssertionError(name + " is refused: " + e.getMessage(), e);
        }
    }

    /** Reads a certificate with the JDK's parser alone, and checks that it has read all of it. */
    private static Optional<X509Certificate> byTheJdk(byte[] der) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!DerElements.isDer(der) || !Arrays.equals(certificate.getEncoded(), der)) {
                return Optional.empty();
            }
            X509Syntax.requireSeen(certificate, CertificateSyntax.check(der), "tbsCertificate");
            return Optional.of(certificate);
        } catch (CertificateException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
