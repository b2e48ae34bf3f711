/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static io.github.thumbkeeper.testkit.Der.bool;
import static io.github.thumbkeeper.testkit.Der.context;
import static io.github.thumbkeeper.testkit.Der.integer;
import static io.github.thumbkeeper.testkit.Der.octets;
import static io.github.thumbkeeper.testkit.Der.oid;
import static io.github.thumbkeeper.testkit.Der.sequence;
import static io.github.thumbkeeper.testkit.Der.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateSyntaxTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final KeyPair KEYS = TestCertificate.named("CN=keys").build().keyPair();

    @ParameterizedTest
    @EnumSource
    void refusesCertificatesThatBreakTheSyntax(MalformedCertificate malformed) throws Exception {
        byte[] der = malformed.der("CN=alice", ROOT, KEYS);

        if (malformed == MalformedCertificate.SOUND) {
            assertThat(CertificateReader.readDer(der).getExtendedKeyUsage()).hasSize(1);
        } else {
            assertThatThrownBy(() -> CertificateReader.readDer(der))
                    .isInstanceOf(CertificateFormatException.class)
                    .hasMessageStartingWith("is ");
        }
    }

    @Test
    void readsAllAuthoritiesOfTheJdk() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509Certificate[] authorities = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();

        assertThat(authorities).isNotEmpty();
        for (X509Certificate authority : authorities) {
            assertThat(CertificateReader.readDer(authority.getEncoded())).isEqualTo(authority);
        }
    }

    @Test
    void readsCertificatesThatAreOddButComplete() throws Exception {
        byte[] extensions = context(3, sequence(sequence(oid(1, 2, 3), bool(false), octets(integer(5)))));
        byte[] ids = Der.join(Der.element(0x81, new byte[] {0, 1}), Der.element(0x82, new byte[] {0, 1}));
        byte[] version3 = context(0, integer(2));

        assertThat(read(version3, integer(7), extensions).getExtensionValue("1.2.3"))
                .isNotNull();
        assertThat(read(version3, integer(7), Der.join(ids, extensions)).getExtensionValue("1.2.3"))
                .isNotNull();
        assertThat(read(version3, integer(7), new byte[0]).getVersion()).isEqualTo(3);
        assertThat(read(context(0, integer(0)), integer(7), new byte[0]).getVersion())
                .isEqualTo(1);
        assertThat(read(new byte[0], integer(7), new byte[0]).getVersion()).isEqualTo(1);
        for (BigInteger serial : List.of(BigInteger.ZERO, BigInteger.valueOf(-7), BigInteger.ONE.shiftLeft(318))) {
            assertThat(read(version3, integer(serial), extensions).getSerialNumber())
                    .isEqualTo(serial);
        }
    }

    @Test
    @DisplayName("whatever byte is changed: refused as no certificate, or all its extensions are read")
    void losesNothingOfChangedCertificates() throws Exception {
        byte[] der = TestCertificate.named("CN=alice")
                .ca()
                .dnsName("alice.example")
                .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
                .build()
                .der();
        Random random = new Random(20260601);
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] changed = der.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                X509Certificate certificate = CertificateReader.readDer(changed);
                read++;
                assertNothingIsLost(changed, certificate);
            } catch (CertificateFormatException e) {
                assertThat(e).hasMessageStartingWith("is ");
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static void assertNothingIsLost(byte[] der, X509Certificate certificate) throws IOException {
        ASN1Sequence signed = (ASN1Sequence) lazily(der).getObjectAt(0);
        ASN1TaggedObject tagged = (ASN1TaggedObject) signed.getObjectAt(signed.size() - 1);
        for (Object extension : (ASN1Sequence) tagged.getExplicitBaseObject()) {
            String oid = ((ASN1Sequence) extension).getObjectAt(0).toString();
            assertThat(certificate.getExtensionValue(oid)).as(oid).isNotNull();
        }
    }

    /** What is in names and keys may be no DER any more. */
    private static ASN1Sequence lazily(byte[] der) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            return (ASN1Sequence) in.readObject();
        }
    }

    private static X509Certificate read(byte[] version, byte[] serial, byte[] tail) throws CertificateFormatException {
        byte[] name = ROOT.certificate().getSubjectX500Principal().getEncoded();
        Instant now = Instant.parse("2026-06-01T00:00:00Z");
        byte[] dates = sequence(time(now), time(now.plusSeconds(3600)));
        byte[] signed = sequence(
                version,
                serial,
                Der.ECDSA_SHA256,
                name,
                dates,
                name,
                KEYS.getPublic().getEncoded(),
                tail);
        return CertificateReader.readDer(Der.signed(signed, Der.ECDSA_SHA256, ROOT.privateKey()));
    }
}
