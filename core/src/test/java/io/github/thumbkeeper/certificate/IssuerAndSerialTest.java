/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.EcdsaTwin;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERGeneralString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERVisibleString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuer and serial number, for deny lists: equal if they may mean the same certificate. */
class IssuerAndSerialTest {

    @Test
    @DisplayName("ECDSA signatures are malleable: the twin has another thumbprint, the same issuer and serial number")
    void isTheSameForTheTwin() throws Exception {
        X509Certificate certificate =
                TestCertificate.named("CN=mallory").build().certificate();
        X509Certificate twin = EcdsaTwin.of(certificate);

        twin.verify(certificate.getPublicKey());
        assertThat(Thumbprint.of(twin, DigestAlgorithm.SHA256))
                .isNotEqualTo(Thumbprint.of(certificate, DigestAlgorithm.SHA256));
        assertThat(IssuerAndSerial.of(twin))
                .isEqualTo(IssuerAndSerial.of(certificate))
                .hasSameHashCodeAs(IssuerAndSerial.of(certificate));
    }

    @ParameterizedTest(name = "[{0}] and [{1}]: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=Corp CA,O=Example | CN=Corp CA, O=Example | true",
                "CN=Corp CA,O=Example | CN=corp ca,O=EXAMPLE | true",
                "CN=Corp CA,O=Example | CN=\"Corp  CA\",O=\" Example\" | true",
                "CN=Corp CA+UID=1,O=Example | UID=1+CN=Corp CA,O=Example | true",
                "CN=Corp CA,O=Example | O=Example,CN=Corp CA | false",
                "CN=Corp CA,O=Example | CN=Corp CA | false",
                "CN=Corp CA,O=Example | CN=Corp CA+O=Example | false",
                "CN=Corp CA,O=Example | CN=\"Corp CA,O=Example\" | false",
                "CN=a,CN=b | CN=b,CN=a | false"
            })
    void comparesCanonicalNames(String one, String other, boolean same) {
        assertThat(of(one, 7).equals(of(other, 7))).isEqualTo(same);
    }

    @Test
    void encodingMakesNoDifference() {
        ASN1Encodable[] all = {
            new DERUTF8String("Corp"),
            new DERBMPString("Corp"),
            new DERT61String("Corp"),
            new DERPrintableString("Corp"),
            new DERVisibleString("Corp"),
            new DERGeneralString("Corp"),
            new DERIA5String("Corp"),
            new DERUTF8String("Co\u200Brp\0")
        };
        for (ASN1Encodable text : all) {
            assertThat(of("CN=" + hex(text) + ",O=x", 7)).isEqualTo(of("CN=Corp,O=x", 7));
        }
        assertThat(of("CN=" + hex(new DERNumericString("12")), 7)).isEqualTo(of("CN=12", 7));
    }

    @Test
    void serialsAreNumbers() {
        assertThat(of("CN=a", 7)).isNotEqualTo(of("CN=a", 8));
        assertThat(of("CN=a", -1)).isNotEqualTo(of("CN=a", 255));
        assertThat(IssuerAndSerial.ofDigest(of("CN=a", 7).toBytes())).isEqualTo(of("CN=a", 7));
        assertThat(of("CN=a", 7).toString()).matches("issuer\\+serial:[0-9a-f]{64}");
    }

    private static IssuerAndSerial of(String issuer, long serial) {
        return IssuerAndSerial.of(new X500Principal(issuer), BigInteger.valueOf(serial));
    }

    private static String hex(ASN1Encodable value) {
        try {
            return "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
