/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrlSyntaxTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final BigInteger SERIAL = BigInteger.valueOf(815);

    @ParameterizedTest
    @EnumSource
    void refusesMalformedCrls(MalformedList malformed) throws Exception {
        byte[] der = malformed.of(ROOT, SERIAL);

        if (malformed == MalformedList.SOUND) {
            assertThat(CrlReader.readDer(der).getRevokedCertificate(SERIAL)).isNotNull();
        } else {
            assertThatThrownBy(() -> CrlReader.readDer(der))
                    .isInstanceOf(CertificateFormatException.class)
                    .hasMessageMatching("(has|is not|names|is a CRL that this Java runtime refuses:) [^\\n]+");
        }
    }

    @Test
    void namesThePlaceOfTheElement() {
        assertThatThrownBy(() -> CrlReader.readDer(MalformedList.NULL_BEFORE_ENTRIES.of(ROOT, SERIAL)))
                .hasMessage(
                        "has an element after nextUpdate in tbsCertList that is not in its place, or is there twice");
    }
}
