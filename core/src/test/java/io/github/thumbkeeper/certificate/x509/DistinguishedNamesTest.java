/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistinguishedNamesTest {

    @ParameterizedTest(name = "CVE-2026-22747, gh-19254: {0}")
    @ValueSource(
            strings = {
                "CN=a+CN=b",
                "CN=a,CN=b",
                "CN=admin,OU=x,CN=admin",
                "OU=x+CN=a,O=y+CN=b",
                "CN=alice,CN=",
                "O=x",
                "CN=",
                "CN=\\ ",
                "CN=\\  \\ "
            })
    void refusesNameWithoutExactlyOneCommonName(String dn) {
        assertThat(commonName(dn)).isNull();
    }

    @Test
    void refusesEmptyName() {
        X509Certificate nameless = StrangeCertificate.withSubject(new X500Principal(""));
        assertThat(DistinguishedNames.commonName(nameless)).isNull();
        assertThat(DistinguishedNames.subjectOf(nameless)).isEmpty();
    }

    @ParameterizedTest(name = "CVE-2026-47838: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "O=x\\,CN=admin | ",
                "OU=\"CN=admin\" | ",
                "OU=\"x, CN=admin, O=y\" | ",
                "O=x\\2CCN\\3Dadmin | ",
                "EMAILADDRESS=\"x, CN=admin\",CN=alice | alice",
                "O=x\\,CN=admin,CN=alice | alice",
                "CN=alice\\,CN=admin | alice,CN=admin",
                "CN=\"alice, O=x\" | alice, O=x",
                "CN=alice\\+CN=admin | alice+CN=admin",
                "OU=y+CN=alice,O=x | alice",
                "O=x,CN=alice,C=DE | alice",
                "CN=Alice | Alice"
            })
    void readsCommonNameFromStructureOnly(String dn, String expected) {
        assertThat(commonName(dn)).isEqualTo(expected);
    }

    @Test
    void readsEveryStringType() {
        assertThat(commonName(new DERUTF8String("J\u00FCrgen \uD83D\uDE00"))).isEqualTo("J\u00FCrgen \uD83D\uDE00");
        assertThat(commonName(new DERPrintableString("alice"))).isEqualTo("alice");
        assertThat(commonName(new DERIA5String("a@b"))).isEqualTo("a@b");
        assertThat(commonName(new DERBMPString("J\u00FCrgen"))).isEqualTo("J\u00FCrgen");
        assertThat(commonName(new DERT61String("J\u00FCrgen"))).isEqualTo("J\u00FCrgen");
        byte[] utf32 = "J\u00FCrgen \uD83D\uDE00".getBytes(Charset.forName("UTF-32BE"));
        assertThat(commonName(new DERUniversalString(utf32))).isEqualTo("J\u00FCrgen \uD83D\uDE00");
    }

    @Test
    void refusesEveryOtherType() {
        assertThat(commonName(new DEROctetString("alice".getBytes(StandardCharsets.US_ASCII))))
                .isNull();
        assertThat(commonName(new ASN1Integer(7))).isNull();
        assertThat(commonName(new DERSequence(new DERUTF8String("alice")))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"admin\0", "\0admin", "admin\0.evil", "a\nb", "a\u001B[31m", "a\u007F", "a\u0085", "\t", " "})
    void refusesControlCharacters(String name) {
        assertThat(commonName(new DERUTF8String(name))).isNull();
        assertThat(commonName(new DERBMPString(name))).isNull();
        assertThat(commonName(new DERT61String(name))).isNull();
    }

    @Test
    void refusesMalformedText() {
        assertThat(commonName(new DERBMPString("a\uD83D"))).isNull();
        assertThat(commonNameOfHex("0C02C328")).isNull();
        assertThat(commonNameOfHex("1302C3BC")).isNull();
        assertThat(commonNameOfHex("1E03006100")).isNull();
        assertThat(commonNameOfHex("1C0400110000")).isNull();
        assertThat(commonNameOfHex("1C040000D800")).isNull();
        assertThat(commonNameOfHex("1C03000061")).isNull();
        assertThat(commonNameOfHex("0C00")).isNull();
    }

    @Test
    @DisplayName("threats 1.4: 64 KB common name")
    void refusesLongCommonName() {
        assertThat(commonName(new DERUTF8String("a".repeat(1024)))).hasSize(1024);
        assertThat(commonName(new DERUTF8String("a".repeat(1025)))).isNull();
        assertThat(commonName(new DERUTF8String("a".repeat(65_536)))).isNull();
        assertThat(commonName(new DERUniversalString(new byte[65_536]))).isNull();
    }

    @Test
    void survivesDeepNesting() {
        byte[] der = {0x05, 0x00};
        for (int i = 0; i < 3000; i++) {
            der = sequence(der);
        }
        assertThat(commonNameOfHex(HexFormat.of().formatHex(der))).isNull();
    }

    @Test
    void homoglyphsAreDifferent() {
        assertThat(commonName(new DERUTF8String("\u0430dmin")))
                .isNotEqualTo("admin")
                .isEqualTo("\u0430dmin");
        assertThat(commonName(new DERUTF8String("e\u0301"))).isNotEqualTo("\u00E9");
    }

    @Test
    void readsTheSameUnderTurkishLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(commonName("CN=ADMIN,O=x")).isEqualTo("ADMIN");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void printsSubjectSafely() {
        X509Certificate certificate = certificate("CN=" + hexOf(new DERUTF8String("a\u202Eb\u001B[31m\r\nforged")));

        assertThat(DistinguishedNames.subjectOf(certificate)).doesNotContain("\u202E", "\u001B", "\r", "\n");
        assertThat(DistinguishedNames.printable(new X500Principal("CN=alice, O=x")))
                .isEqualTo("CN=alice,O=x");
        assertThat(DistinguishedNames.printable(new X500Principal("CN=" + "a".repeat(5000))))
                .hasSize(83);
    }

    @Test
    void neverThrows() {
        for (X509Certificate strange : List.of(StrangeCertificate.throwing(), StrangeCertificate.withSubject(null))) {
            assertThatCode(() -> {
                        assertThat(DistinguishedNames.commonName(strange)).isNull();
                        assertThat(DistinguishedNames.subjectOf(strange)).isEqualTo("?");
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] sequence(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static String commonName(ASN1Encodable value) {
        return commonName("O=x,CN=" + hexOf(value));
    }

    private static String commonNameOfHex(String der) {
        X500Principal subject = new X500Principal("O=x,CN=#" + der);
        return DistinguishedNames.commonName(StrangeCertificate.withSubject(subject));
    }

    private static String commonName(String dn) {
        return DistinguishedNames.commonName(certificate(dn));
    }

    private static X509Certificate certificate(String dn) {
        return TestCertificate.named(dn).build().certificate();
    }

    private static String hexOf(ASN1Encodable value) {
        try {
            return "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
