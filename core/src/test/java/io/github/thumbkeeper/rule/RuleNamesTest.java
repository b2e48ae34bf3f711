/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how rules compare names: the client chooses the names in its certificate, and a rule must not take one for another
 * (threats 1.4). */
class RuleNamesTest {

    private static final RuleContext TRUSTING = new RuleContext(true, false, true);
    private static final String SAN = "2.5.29.17";

    @ParameterizedTest(name = "CVE-2026-22747, CVE-2026-47838: [{0}] is not admin")
    @ValueSource(
            strings = {
                "CN=admin+CN=b",
                "CN=admin+CN=admin",
                "CN=admin,CN=b",
                "CN=b,CN=admin",
                "CN=admin,O=x,CN=admin",
                "O=x\\,CN=admin",
                "OU=\"CN=admin\"",
                "OU=\"x, CN=admin, O=y\"",
                "O=x\\2CCN\\3Dadmin",
                "EMAILADDRESS=\"x, CN=admin\"",
                "CN=\"admin, O=x\"",
                "CN=admin\\00",
                "CN=admin\\00.evil",
                "CN=admin\\ ",
                "CN=\\ admin",
                "CN=Admin",
                "CN=ADMIN",
                "CN=\u0430dmin",
                "CN=\uFF41dmin",
                "CN=admin\u200B",
                "CN=admin.",
                "UID=admin",
                "CN=",
                "O=admin",
                "CN=#0C0661646D696E00"
            })
    void rejectsOtherSubjects(String dn) {
        X509Certificate certificate = TestCertificate.named(dn).build().certificate();

        assertThat(holds("common-name=admin", certificate)).isFalse();
        assertThat(holds("subject=CN=admin", certificate)).isFalse();
    }

    @Test
    void readsTheCommonNameInEveryEncoding() {
        for (ASN1Encodable text : List.of(
                new DERUTF8String("admin"),
                new DERBMPString("admin"),
                new DERT61String("admin"),
                new DERIA5String("admin"))) {
            X509Certificate certificate =
                    TestCertificate.named("CN=" + hex(text)).build().certificate();

            assertThat(holds("common-name=admin", certificate)).isTrue();
            assertThat(holds("subject=CN=admin", certificate)).isTrue();
        }
    }

    @Test
    @DisplayName("threats 1.4: NUL in BMPString, empty and 64 KB common names match nothing")
    void rejectsMalformedCommonNames() {
        for (ASN1Encodable text :
                List.of(new DERBMPString("admin\0"), new DERUTF8String(""), new DERUTF8String("a".repeat(65_536)))) {
            X509Certificate certificate =
                    TestCertificate.named("O=x,CN=" + hex(text)).build().certificate();

            assertThat(holds("common-name=admin", certificate)).isFalse();
            assertThat(holds("common-name=" + "a".repeat(1024), certificate)).isFalse();
            assertThat(holds("subject=\"O=x,CN=admin\"", certificate)).isFalse();
        }
    }

    @ParameterizedTest(name = "subject [{0}] and rule [{1}]: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=alice,O=Example,C=DE | CN=alice,O=Example,C=DE | true",
                "CN=alice,O=Example,C=DE | cn=alice, o=Example, c=DE | true",
                "CN=alice,O=Example,C=DE | CN=\"alice\" , O=Example, C=DE | true",
                "EMAILADDRESS=a@b,CN=alice | E=a@b, CN=alice | true",
                "UID=7+CN=alice,O=x | CN=alice+UID=7,O=x | true",
                "CN=a\\,b,O=x | CN=\"a,b\",O=x | true",
                "CN=alice,O=Example,C=DE | C=DE,O=Example,CN=alice | false",
                "CN=alice,O=Example,C=DE | CN=alice,O=Example | false",
                "CN=alice,O=Example | CN=alice,O=Example,C=DE | false",
                "CN=alice,O=Example | CN=alice,O=EXAMPLE | false",
                "CN=alice,O=Example | CN=alice+O=Example | false",
                "CN=alice,OU=a,OU=b | CN=alice,OU=b,OU=a | false",
                "CN=alice,O=a  b | CN=alice,O=a b | false",
                "CN=a\\,O=x | CN=a,O=x | false"
            })
    void comparesSubjectsByTheirParts(String dn, String rule, boolean expected) {
        X509Certificate certificate = TestCertificate.named(dn).build().certificate();

        assertThat(holds("subject='" + rule + "'", certificate)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "CVE-2025-66220: SAN [{0}] is not victim.example")
    @ValueSource(
            strings = {
                "victim.example\0.evil",
                "victim.example\0",
                "\0victim.example",
                "victim.example.",
                " victim.example",
                "victim.example ",
                "victim.example\n",
                "evil.victim.example",
                "victim.example.evil",
                "victim-example",
                "*.example",
                "*",
                ".example",
                "v\u0131ctim.example",
                "victim.example,victim.example",
                ""
            })
    void rejectsOtherDnsNames(String name) {
        X509Certificate certificate = sans(2, name);

        assertThat(holds("dns-name=victim.example", certificate)).isFalse();
    }

    @Test
    @DisplayName("CVE-2025-66220: a name with a NUL invalidates all names of its type, not those of other types")
    void ignoresNamesNextToAForgedOne() {
        X509Certificate forged = sans(2, "victim.example", "victim.example\0.evil");
        assertThat(holds("dns-name=victim.example", forged)).isFalse();
        assertThat(holds("uri=urn:a", sans(6, "urn:a", "urn:\n"))).isFalse();
        assertThat(holds("uri=urn:a", sans(6, "urn:a", "urn:b"))).isTrue();
    }

    @Test
    @DisplayName("CVE-2026-32884: DNS names are compared ignoring case, in every locale (row 26)")
    void comparesDnsNamesIgnoringCase() {
        X509Certificate certificate = TestCertificate.named("CN=x")
                .dnsName("other")
                .dnsName("API.Example.COM")
                .build()
                .certificate();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(holds("dns-name=api.example.com", certificate)).isTrue();
        } finally {
            Locale.setDefault(before);
        }
        assertThat(holds("common-name=X", certificate)).isFalse();
    }

    @ParameterizedTest(name = "CVE-2022-21656: a name of type {0} matches rules for it only")
    @ValueSource(ints = {1, 2, 6})
    void namesMatchTheirOwnTypeOnly(int type) {
        String[] rules = {"", "email=", "dns-name=", "", "", "", "uri="};
        String[] names = {"", "a@victim.example", "victim.example", "", "", "", "spiffe://victim.example/a"};
        for (int other : new int[] {1, 2, 6}) {
            X509Certificate certificate = sans(other, names[type]);
            assertThat(holds(rules[type] + names[type], certificate)).isEqualTo(other == type);
        }
        X509Certificate subject =
                TestCertificate.named("CN=\"" + names[type] + "\"").build().certificate();
        assertThat(holds(rules[type] + names[type], subject)).isFalse();
    }

    @Test
    @DisplayName("CVE-2025-66220: no claim matches an OTHERNAME")
    void otherNamesMatchNothing() {
        byte[] otherName = der(new DERSequence(new DERTaggedObject(false, 0, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
            new DERTaggedObject(true, 0, new DERUTF8String("victim.example"))
        }))));
        X509Certificate certificate = TestCertificate.named("CN=x")
                .extension(SAN, false, otherName)
                .build()
                .certificate();

        assertThat(holds("dns-name=victim.example", certificate)).isFalse();
        assertThat(holds("email=a@victim.example", certificate)).isFalse();
    }

    @ParameterizedTest(name = "e-mail [{0}] and rule alice@example.com: {1}")
    @CsvSource({
        "alice@example.com, true",
        "alice@EXAMPLE.com, true",
        "Alice@example.com, false",
        "x@alice@example.com, false",
        "alice@example.com.evil, false",
        "alice, false",
        "@example.com, false"
    })
    void comparesEmailsByTheirParts(String email, boolean expected) {
        assertThat(holds("email=alice@example.com", sans(1, email))).isEqualTo(expected);
    }

    @Test
    @DisplayName("a SPIFFE ID must be the only URI of its certificate (SPIFFE X.509-SVID 2)")
    void spiffeIdIsTheOnlyUri() {
        String id = "spiffe://example.org/orders";

        assertThat(holds("uri=" + id, sans(6, id))).isTrue();
        assertThat(holds("uri=" + id, sans(6, id, "spiffe://example.org/other")))
                .isFalse();
        assertThat(holds("uri=" + id, sans(6, id, id))).isFalse();
        assertThat(holds("uri=" + id, sans(6, id + "/more"))).isFalse();
        assertThat(holds("uri=" + id, sans(6, "SPIFFE://example.org/orders"))).isFalse();
        assertThat(holds("uri=urn:a", sans(6, "urn:b", "urn:a"))).isTrue();
        assertThat(holds("uri=urn:a", sans(6, "urn:A"))).isFalse();
    }

    @ParameterizedTest(name = "serial {0} and rule {1}: {2} (row 111)")
    @CsvSource({
        "171, 171, true",
        "171, 0xab, true",
        "171, 0xAB, true",
        "171, 0x00ab, true",
        "171, 00:ab, true",
        "171, 00:00:AB, true",
        "171, 0171, true",
        "171, 172, false",
        "171, 0x171, false",
        "0, 0, true",
        "-5, -5, true",
        "-5, 5, false",
        "5, -5, false",
        "-85, 0xab, false",
        "1461501637330902918203684832716283019655932542975, 0xffffffffffffffffffffffffffffffffffffffff, true"
    })
    void comparesSerialsAsNumbers(BigInteger serial, String rule, boolean expected) {
        X509Certificate certificate =
                TestCertificate.named("CN=x").serial(serial).build().certificate();

        assertThat(holds("serial-number=" + rule, certificate)).isEqualTo(expected);
    }

    @Test
    @DisplayName("alternative names that are not DER, or too long, match no rule and throw no exception")
    void survivesMalformedAlternativeNames() {
        List<byte[]> values = List.of(
                new byte[0],
                new byte[] {5, 0},
                new byte[] {0x30, (byte) 0x82, 0x7F, (byte) 0xFF},
                new byte[] {0x30, 0x02, (byte) 0x82, 0x05},
                new byte[] {0x30, (byte) 0x80, 0, 0},
                HexFormat.of().parseHex("300382016100"),
                HexFormat.of().parseHex("3003020105"),
                nested(3000),
                der(new DERSequence(new DERTaggedObject(false, 2, new DERIA5String("a".repeat(65_536))))));
        int tried = 0;
        for (byte[] value : values) {
            X509Certificate certificate;
            try {
                certificate = TestCertificate.named("CN=x")
                        .extension(SAN, false, value)
                        .build()
                        .certificate();
            } catch (RuntimeException e) {
                // The JDK rejects this certificate, so no client can present it.
                continue;
            }
            assertThat(holds("dns-name=a", certificate)).isFalse();
            assertThat(holds("uri=urn:a", certificate)).isFalse();
            tried++;
        }
        assertThat(tried).isGreaterThan(4);
    }

    @Test
    @DisplayName("names for which getSubjectAlternativeNames() throws (threats 1.9) are read all the same")
    void readsWhatTheJdkCannot() {
        byte[] ediParty = HexFormat.of().parseHex("3012" + "a508" + "a106" + "0c0465646970" + "8206" + "612e622e6364");
        X509Certificate certificate = TestCertificate.named("CN=x")
                .extension(SAN, false, ediParty)
                .build()
                .certificate();

        assertThatThrownBy(certificate::getSubjectAlternativeNames).isInstanceOf(Exception.class);
        assertThat(holds("dns-name=a.b.cd", certificate)).isTrue();
    }

    @Test
    void certificateThatThrowsMatchesNothing() {
        ForeignCertificate foreign =
                new ForeignCertificate(TestCertificate.named("CN=x").build().certificate(), () -> {
                    throw new IllegalStateException("gone");
                });

        assertThat(holds("thumbprint=" + "ab".repeat(32), foreign)).isFalse();
    }

    @Test
    @DisplayName("CVE-2023-2422: issuer claims are about the verified path; without one they do not hold")
    void issuerClaimsNeedAnIssuer() {
        TestCertificate ca = TestCertificate.named("CN=ca,O=Example").ca().build();
        Issuer issuer = new Issuer(ca.certificate(), Set.of("corp"));
        X509Certificate alice =
                TestCertificate.named("CN=alice").issuedBy(ca).build().certificate();
        TestCertificate namesake = TestCertificate.named("CN=ca,O=Example").ca().build();

        for (String claim : List.of(
                "issuer-subject=\"CN=ca,O=Example\"",
                "issuer-thumbprint=" + ca.sha256(),
                "issuer-certificate-id=corp")) {
            MatchingRules candidates = rules("common-name=alice " + claim).find(alice);
            assertThat(candidates.needsIssuer()).isTrue();
            assertThat(candidates.first(null, null)).isNull();
            assertThat(candidates.first(null, issuer)).isNotNull();
        }
        Issuer other = new Issuer(namesake.certificate(), Set.of());
        assertThat(rules("issuer-thumbprint=" + ca.sha256()).find(alice).first(null, other))
                .isNull();
        assertThat(rules("issuer-certificate-id=corp").find(alice).first(null, other))
                .isNull();
        assertThat(rules("issuer-subject=CN=ca").find(alice).first(null, issuer))
                .isNull();
    }

    private static boolean holds(String rule, X509Certificate certificate) {
        return rules(rule).find(certificate).first(null, null) != null;
    }

    private static Rules rules(String text) {
        ParsedRules parsed = RuleParser.parse(text, TRUSTING);
        assertThat(parsed.problems()).isEmpty();
        return new Rules(parsed.rules());
    }

    /** Returns a certificate with these alternative names of one type, byte for byte. */
    private static X509Certificate sans(int type, String... names) {
        ASN1Encodable[] all = Arrays.stream(names)
                .map(name ->
                        new DERTaggedObject(false, type, new DEROctetString(name.getBytes(StandardCharsets.UTF_8))))
                .toArray(ASN1Encodable[]::new);
        return TestCertificate.named("CN=x")
                .extension(SAN, false, der(new DERSequence(all)))
                .build()
                .certificate();
    }

    private static byte[] nested(int depth) {
        byte[] der = {5, 0};
        for (int i = 0; i < depth; i++) {
            byte[] outer = new byte[der.length + 4];
            outer[0] = 0x30;
            outer[1] = (byte) 0x82;
            outer[2] = (byte) (der.length >> 8);
            outer[3] = (byte) der.length;
            System.arraycopy(der, 0, outer, 4, der.length);
            der = outer;
        }
        return der;
    }

    private static String hex(ASN1Encodable value) {
        return "#" + HexFormat.of().formatHex(der(value));
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
