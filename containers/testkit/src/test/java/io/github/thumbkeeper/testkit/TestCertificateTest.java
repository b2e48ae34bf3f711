/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestCertificateTest {
    static Stream<TestCertificate.Builder> everyKind() {
        return Stream.of(
                TestCertificate.named("CN=plain"),
                TestCertificate.named("CN=ec").ec(),
                TestCertificate.named("CN=rsa").rsa(2048),
                TestCertificate.named("CN=ed").ed25519());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void signsWithItsOwnKeyAndTheJdkChecksIt(TestCertificate.Builder kind) throws Exception {
        TestCertificate made = kind.build();

        made.certificate().verify(made.certificate().getPublicKey());
        made.certificate().checkValidity();
        assertThat(made.certificate().getClass().getName()).startsWith("sun.security.x509.");
        assertThat(made.chain()).containsExactly(made.certificate());
        assertThat(Security.getProvider("BC")).isNull();
    }

    @Test
    void keepsNameSerialValidityAndAlternativeNames() throws Exception {
        Instant start = Instant.now().minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.SECONDS);
        X509Certificate made = TestCertificate.named("CN=alice,O=Example,C=DE")
                .serial(BigInteger.TEN)
                .validFrom(start)
                .validUntil(start.plusSeconds(5))
                .dnsName("localhost")
                .ipAddress("127.0.0.1")
                .uri("spiffe://example/alice")
                .email("alice@example.org")
                .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
                .build()
                .certificate();

        assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=alice,O=Example,C=DE");
        assertThat(made.getSerialNumber()).isEqualTo(10);
        assertThat(made.getNotBefore()).isEqualTo(start);
        assertThat(made.getNotAfter()).isEqualTo(start.plusSeconds(5));
        assertThat(made.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(6, "spiffe://example/alice"),
                        List.of(1, "alice@example.org"));
        assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(made.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void chainGoesFromTheLeafToTheRoot() throws Exception {
        TestCertificate root = TestCertificate.named("CN=root").rsa(2048).ca().build();
        TestCertificate middle =
                TestCertificate.named("CN=middle").ca().issuedBy(root).build();
        TestCertificate leaf = TestCertificate.named("CN=leaf").issuedBy(middle).build();

        assertThat(leaf.chain()).containsExactly(leaf.certificate(), middle.certificate(), root.certificate());
        leaf.certificate().verify(middle.keyPair().getPublic());
        middle.certificate().verify(root.keyPair().getPublic());
        assertThat(root.certificate().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void renewalKeepsThePinAndChangesTheThumbprints() {
        TestCertificate first = TestCertificate.named("CN=alice").build();
        TestCertificate second =
                TestCertificate.named("CN=alice").key(first.keyPair()).build();

        assertThat(second.pin()).isEqualTo(first.pin());
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
    }

    @Test
    void thumbprintsAreDigestsOfTheDer() throws Exception {
        TestCertificate made = TestCertificate.named("CN=alice").build();

        assertThat(HexFormat.of().parseHex(made.sha1())).isEqualTo(digest("SHA-1", made.der()));
        assertThat(HexFormat.of().parseHex(made.sha256())).isEqualTo(digest("SHA-256", made.der()));
        assertThat(HexFormat.of().parseHex(made.sha512())).isEqualTo(digest("SHA-512", made.der()));
        assertThat(Base64.getDecoder().decode(made.pin()))
                .isEqualTo(digest("SHA-256", made.certificate().getPublicKey().getEncoded()));
    }

    @Test
    void addsAnExtensionUnchanged() {
        byte[] garbage = {0x30, 0x7f};
        X509Certificate made = TestCertificate.named("CN=odd")
                .extension("1.3.6.1.4.1.99999.1", false, garbage)
                .build()
                .certificate();

        assertThat(made.getExtensionValue("1.3.6.1.4.1.99999.1")).isEqualTo(new byte[] {4, 2, 0x30, 0x7f});
    }

    @Test
    void pemAndKeyStoresGiveTheCertificateBack() throws Exception {
        TestCertificate made = TestCertificate.named("CN=alice").build();
        KeyStore withKey = made.keyStore("secret");

        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(made.pem().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(made.certificate());
        assertThat(made.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(withKey.getKey("key", "secret".toCharArray())).isEqualTo(made.privateKey());
        assertThat(TestKeyStores.trusted(Map.of("a", made.certificate())).getCertificate("a"))
                .isEqualTo(made.certificate());
    }

    private static byte[] digest(String algorithm, byte[] content) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(content);
    }
}
