/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.certificate.x509.ParsableExtensions;
import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and CRLs of real authorities can be read, also in forms that RFC 5280 forbids. */
class RealCertificatesTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final BigInteger FORTY_BYTES = BigInteger.ONE.shiftLeft(319).subtract(BigInteger.TEN);

    @Test
    void readsAllAuthoritiesOfTheJdk() throws Exception {
        Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore authorities = KeyStore.getInstance(file.toFile(), (char[]) null);
        assertThat(authorities.size()).isPositive();

        for (String alias : Collections.list(authorities.aliases())) {
            X509Certificate certificate = (X509Certificate) authorities.getCertificate(alias);
            assertThat(CertificateParser.parse(certificate.getEncoded())).isEqualTo(certificate);
            assertThat(ParsableExtensions.contain(certificate, Set.copyOf(certificate.getNonCriticalExtensionOIDs())))
                    .as(alias)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-1", "-128", "128", "40 bytes"})
    void readsStrangeSerialNumbersOfCertificatesAndEntries(String text) throws Exception {
        BigInteger serial = text.startsWith("40") ? FORTY_BYTES : new BigInteger(text);
        TestCertificate alice =
                TestCertificate.named("CN=alice").serial(serial).issuedBy(ROOT).build();
        byte[] entry = Der.sequence(Der.integer(serial), Der.time(Instant.now()));

        assertThat(CertificateParser.parse(alice.der()).getSerialNumber()).isEqualTo(serial);
        assertThat(list(Der.integer(1), Der.sequence(entry, entry)).getRevokedCertificate(serial))
                .isNotNull();
    }

    @Test
    @DisplayName("an explicit critical FALSE, an explicit version 1 and empty sequences are read")
    void readsElementsThatDerLeavesOut() throws Exception {
        byte[] notCritical = Der.sequence(Der.oid(1, 2, 3, 4), Der.bool(false), Der.octets(Der.nothing()));

        assertThat(certificate(Der.context(0, Der.integer(2)), Der.context(3, Der.sequence(notCritical)))
                        .getNonCriticalExtensionOIDs())
                .containsExactly("1.2.3.4");
        assertThat(certificate(Der.context(0, Der.integer(2)), Der.context(3, Der.sequence()))
                        .getVersion())
                .isEqualTo(3);
        assertThat(certificate(Der.context(0, Der.integer(2))).getVersion()).isEqualTo(3);
        assertThat(certificate(Der.context(0, Der.integer(0))).getVersion()).isEqualTo(1);
        assertThat(certificate(new byte[0]).getVersion()).isEqualTo(1);
        assertThat(list(Der.integer(1), Der.sequence()).getRevokedCertificates())
                .isNull();
        assertThat(list(Der.integer(1), Der.context(0, Der.sequence(notCritical)))
                        .getNonCriticalExtensionOIDs())
                .containsExactly("1.2.3.4");
        assertThat(list(Der.integer(1)).getRevokedCertificates()).isNull();
        assertThat(list(new byte[0]).getVersion()).isEqualTo(1);
    }

    @Test
    void readsUniqueIdsInTheirOrder() throws Exception {
        byte[] ids = Der.join(Der.element(0x81, new byte[] {0, 1}), Der.element(0x82, new byte[] {0, 1}));

        assertThat(certificate(Der.context(0, Der.integer(1)), ids).getSubjectUniqueID())
                .hasSize(8);
        assertThat(certificate(Der.context(0, Der.integer(2)), ids, Der.context(3, Der.sequence()))
                        .getIssuerUniqueID())
                .hasSize(8);
    }

    private static X509Certificate certificate(byte[] version, byte[]... tail) throws CertificateFormatException {
        byte[] name = ROOT.certificate().getSubjectX500Principal().getEncoded();
        byte[] validity = Der.sequence(Der.time(Instant.now()), Der.generalizedTime(Instant.now()));
        byte[] key = ROOT.keyPair().getPublic().getEncoded();
        byte[] tbs = Der.sequence(version, Der.integer(1), algorithm(), name, validity, name, key, Der.join(tail));
        return CertificateParser.parse(Der.signed(tbs, ROOT.privateKey()));
    }

    private static X509CRL list(byte[] version, byte[]... tail) throws CertificateFormatException {
        byte[] name = ROOT.certificate().getSubjectX500Principal().getEncoded();
        byte[] tbs = Der.sequence(version, algorithm(), name, Der.time(Instant.now()), Der.join(tail));
        return CrlReader.readDer(Der.signed(tbs, ROOT.privateKey()));
    }

    private static byte[] algorithm() {
        return Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    }
}
