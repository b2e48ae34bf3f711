/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateSyntaxTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final KeyPair KEYS = TestCertificate.named("CN=keys").build().keyPair();

    @ParameterizedTest
    @EnumSource
    void refusesMalformedCertificates(MalformedCertificate malformed) throws Exception {
        byte[] der = malformed.der("CN=alice", ROOT, KEYS);

        if (malformed == MalformedCertificate.SOUND) {
            assertThat(CertificateParser.parse(der).getExtendedKeyUsage()).hasSize(1);
        } else {
            assertThatThrownBy(() -> CertificateParser.parse(der))
                    .isInstanceOf(CertificateFormatException.class)
                    .hasMessageMatching(
                            "(has|is not|names|is an X.509 certificate that this Java runtime refuses:) [^\\n]+");
        }
    }

    @Test
    void namesThePlaceOfTheElement() {
        assertThatThrownBy(() -> CertificateParser.parse(
                        MalformedCertificate.NULL_BEFORE_EXTENSIONS.der("CN=alice", ROOT, KEYS)))
                .hasMessage(
                        "has an element after subjectPublicKeyInfo in tbsCertificate that is not in its place, or is there twice");
    }
}
