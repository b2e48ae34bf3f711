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
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationListSyntaxTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final BigInteger SERIAL = BigInteger.valueOf(815);

    @ParameterizedTest
    @EnumSource
    void refusesListsThatBreakTheSyntax(MalformedList malformed) throws Exception {
        byte[] der = malformed.of(ROOT, SERIAL);

        if (malformed == MalformedList.SOUND) {
            assertThat(RevocationListReader.readDer(der).getRevokedCertificate(SERIAL))
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> RevocationListReader.readDer(der))
                    .isInstanceOf(CertificateFormatException.class)
                    .hasMessageStartingWith("is ");
        }
    }

    @Test
    void readsListsThatAreOddButComplete() throws Exception {
        byte[] entry = sequence(integer(815), time(NOW));
        byte[] end = time(NOW.plusSeconds(3600));
        byte[] critical = sequence(oid(2, 5, 29, 20), bool(false), octets(integer(5)));

        assertThat(read(integer(1), end, sequence(entry)).getRevokedCertificates())
                .hasSize(1);
        assertThat(read(integer(1), end, sequence()).getRevokedCertificates()).isNullOrEmpty();
        assertThat(read(integer(1), end).getRevokedCertificates()).isNullOrEmpty();
        assertThat(read(new byte[0], end, sequence(entry)).getVersion()).isEqualTo(1);
        assertThat(read(new byte[0], end, sequence(entry), context(0, sequence(critical)))
                        .getExtensionValue("2.5.29.20"))
                .isNotNull();
        assertThat(read(integer(1), sequence(entry)).getNextUpdate()).isNull();
        for (BigInteger serial : List.of(BigInteger.ZERO, BigInteger.valueOf(-7), BigInteger.ONE.shiftLeft(318))) {
            byte[] odd = sequence(integer(serial), time(NOW));
            assertThat(read(integer(1), end, sequence(odd)).getRevokedCertificate(serial))
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("whatever byte is changed: refused as no list, or all that it revokes is read")
    void losesNothingOfChangedLists() throws Exception {
        byte[] der = MalformedList.SOUND.of(ROOT, SERIAL);
        Random random = new Random(20260601);
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] changed = der.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                X509CRL list = RevocationListReader.readDer(changed);
                read++;
                assertNothingIsLost(changed, list);
            } catch (CertificateFormatException e) {
                assertThat(e).hasMessageStartingWith("is ");
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static void assertNothingIsLost(byte[] der, X509CRL list) throws IOException {
        ASN1Sequence signed = (ASN1Sequence) lazily(der).getObjectAt(0);
        int entries = 0;
        for (int i = 3; i < signed.size(); i++) {
            if (signed.getObjectAt(i) instanceof ASN1Sequence revoked && i > 3) {
                entries += revoked.size();
            }
        }
        assertThat(
                        list.getRevokedCertificates() == null
                                ? 0
                                : list.getRevokedCertificates().size())
                .isEqualTo(entries);
        if (signed.getObjectAt(signed.size() - 1) instanceof ASN1TaggedObject tagged) {
            for (Object extension : (ASN1Sequence) tagged.getExplicitBaseObject()) {
                assertThat(list.getExtensionValue(
                                ((ASN1Sequence) extension).getObjectAt(0).toString()))
                        .isNotNull();
            }
        }
    }

    /** What is in names and keys may be no DER any more. */
    private static ASN1Sequence lazily(byte[] der) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            return (ASN1Sequence) in.readObject();
        }
    }

    private static X509CRL read(byte[] version, byte[]... rest) throws CertificateFormatException {
        byte[] issuer = ROOT.certificate().getSubjectX500Principal().getEncoded();
        byte[] signed = sequence(version, Der.ECDSA_SHA256, issuer, time(NOW), Der.join(rest));
        return RevocationListReader.readDer(Der.signed(signed, Der.ECDSA_SHA256, ROOT.privateKey()));
    }
}
