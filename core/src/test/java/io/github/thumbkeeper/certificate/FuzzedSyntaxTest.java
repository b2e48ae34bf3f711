/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.revocation.OcspRequest;
import io.github.thumbkeeper.certificate.revocation.OcspResponse;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.fakes.MalformedAnswer;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mutation of well-formed DER is refused, or Java sees all the elements that another parser sees. */
class FuzzedSyntaxTest {

    private static final int ROUNDS = 4000;
    private static final byte[] INSERTED = {0x05, 0x00, 0x30, 0x00, (byte) 0xA0, 0x00, (byte) 0xA3, 0x00, 0x02, 0x01};
    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void refusesOrReadsMutatedCertificates(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] der = TestCertificate.named("CN=alice,O=Example")
                .extendedKeyUsage("1.3.6.1.5.5.7.3.1")
                .dnsName("alice.example.com")
                .issuedBy(ROOT)
                .build()
                .der();
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] mutated = mutate(der, random);
            try {
                X509Certificate read = CertificateParser.parse(mutated);
                assertThat(oids(read)).isEqualTo(CertificateSyntax.check(mutated));
                assertThat(oids(read))
                        .hasSize(countByAnotherParser(mutated, oids(read).size()));
                accepted++;
            } catch (CertificateFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(accepted).isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void refusesOrReadsMutatedCrls(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] der = MalformedList.SOUND.of(ROOT, BigInteger.valueOf(815));
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] mutated = mutate(der, random);
            try {
                X509CRL read = CrlReader.readDer(mutated);
                X509CRLHolder other = new X509CRLHolder(mutated);
                assertThat(oids(read)).hasSize(other.getExtensionOIDs().size());
                assertThat(
                                read.getRevokedCertificates() == null
                                        ? 0
                                        : read.getRevokedCertificates().size())
                        .isEqualTo(other.getRevokedCertificates().size());
                accepted++;
            } catch (CertificateFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(accepted).isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void throwsNothingElseForMutatedOcspResponses(long seed) throws IOException {
        Random random = new Random(seed);
        OcspRequest request = new OcspRequest(
                TestCertificate.named("CN=alice").issuedBy(ROOT).build().certificate(), ROOT.certificate());
        byte[] der = MalformedAnswer.SOUND.to(request.der(), ROOT);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                OcspResponse.parse(mutate(der, random), request);
                accepted++;
            } catch (CertificateFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(accepted).isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    }

    /** Bouncy Castle parses the names too, and may not understand what has become of them. */
    private static int countByAnotherParser(byte[] der, int otherwise) {
        try {
            return new X509CertificateHolder(der).getExtensionOIDs().size();
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** Changes a byte, or puts a few in and mends the lengths before them as far as they have two bytes. */
    private static byte[] mutate(byte[] der, Random random) {
        byte[] changed = der.clone();
        int at = random.nextInt(der.length);
        if (random.nextInt(3) > 0) {
            changed[at] = (byte) random.nextInt(256);
            return changed;
        }
        int from = 2 * random.nextInt(INSERTED.length / 2);
        byte[] longer = Arrays.copyOf(der, der.length + 2);
        System.arraycopy(INSERTED, from, longer, at, 2);
        System.arraycopy(der, at, longer, at + 2, der.length - at);
        mendLengths(longer, 0, at);
        return longer;
    }

    private static void mendLengths(byte[] der, int start, int at) {
        int position = start;
        while (position + 2 < at) {
            boolean wide = der[position + 1] == (byte) 0x82;
            boolean middle = der[position + 1] == (byte) 0x81;
            int header = wide ? 4 : middle ? 3 : 2;
            int length = wide
                    ? (der[position + 2] & 0xFF) << 8 | (der[position + 3] & 0xFF)
                    : der[position + (middle ? 2 : 1)] & 0xFF;
            if (at < position + header || position + header + length < at) {
                position += header + length;
                continue;
            }
            der[position + header - 1] = (byte) (der[position + header - 1] + 2);
            if ((der[position] & 0x20) == 0) {
                return;
            }
            position += header;
        }
    }

    private static Set<String> oids(X509Extension parsed) {
        Set<String> oids = new HashSet<>();
        for (Set<String> some :
                Arrays.asList(parsed.getCriticalExtensionOIDs(), parsed.getNonCriticalExtensionOIDs())) {
            oids.addAll(some == null ? Set.of() : some);
        }
        return oids;
    }
}
