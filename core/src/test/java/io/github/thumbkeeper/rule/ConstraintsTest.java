/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the requirements for every certificate: a missing extension does not meet a requirement. */
class ConstraintsTest {

    private static final TestCertificate EC = TestCertificate.named("CN=ec").build();
    private static final TestCertificate RSA =
            TestCertificate.named("CN=rsa").rsa(2048).build();
    private static final TestCertificate SMALL =
            TestCertificate.named("CN=small").rsa(1024).build();
    private static final TestCertificate ED25519 =
            TestCertificate.named("CN=ed").ed25519().build();

    @ParameterizedTest(name = "{0}: EC P-256 {1}, RSA 2048 {2}, RSA 1024 {3}, Ed25519 {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RSA=2048 | false | true | false | false",
                "RSA=1024 | false | true | true | false",
                "RSA=2049 | false | false | false | false",
                "EC=256 | true | false | false | false",
                "EC=257 | false | false | false | false",
                "Ed25519=256 | false | false | false | true",
                "Ed25519=257 | false | false | false | false",
                "Ed448=256 | false | false | false | false",
                "DSA=1024 | false | false | false | false",
                "RSA=2048 ec=256 ED25519=256 | true | true | false | true"
            })
    void keysMustHaveTheMinimumSize(String sizes, boolean ec, boolean rsa, boolean small, boolean ed25519) {
        Constraints constraints =
                new Constraints(MinimumKeySizes.of(List.of(sizes.split(" "))), Set.of(), Set.of(), Set.of(), Set.of());

        assertThat(constraints.check(EC.certificate())).isEqualTo(ec ? null : Reason.KEY_TOO_SMALL);
        assertThat(constraints.check(RSA.certificate())).isEqualTo(rsa ? null : Reason.KEY_TOO_SMALL);
        assertThat(constraints.check(SMALL.certificate())).isEqualTo(small ? null : Reason.KEY_TOO_SMALL);
        assertThat(constraints.check(ED25519.certificate())).isEqualTo(ed25519 ? null : Reason.KEY_TOO_SMALL);
    }

    @ParameterizedTest(name = "minimumKeySize [{0}]")
    @ValueSource(
            strings = {
                "2048",
                "RSA",
                "RSA=",
                "RSA=1",
                "RSA=02048",
                "RSA=2048.0",
                "RSA=-1",
                "RSA=100000",
                "AES=128",
                "=2048",
                "RSA=2048=1"
            })
    void refusesMalformedSizes(String member) {
        assertThatThrownBy(() -> MinimumKeySizes.of(List.of(member)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + member + "]")
                .hasMessageContaining("RSA=2048");
        assertThatThrownBy(() -> MinimumKeySizes.of(List.of("RSA=2048", "rsa=4096")))
                .hasMessageContaining("repeats a type of key");
    }

    @ParameterizedTest(name = "signed with {0}: by {1} refused {2}")
    @CsvSource({
        "EC, SHA256withECDSA, false",
        "EC, sha256WITHecdsa, false",
        "EC, SHA384withECDSA, true",
        "EC, SHA256withRSA, true",
        "RSA, SHA256withRSA, false",
        "RSA, SHA256withRSAandMGF1, true",
        "ED25519, Ed25519, false",
        "ED25519, Ed448, true"
    })
    void signatureMustBeAllowed(String kind, String name, boolean refused) {
        X509Certificate certificate = certificate(kind);
        Constraints constraints = signedWith(name);

        assertThat(constraints.check(certificate)).isEqualTo(refused ? Reason.SIGNATURE_ALGORITHM : null);
    }

    @Test
    @DisplayName("RSASSA-PSS is identified by its digest; the default is SHA-1 (RFC 4055 3.1)")
    void readsTheDigestOfPss() throws Exception {
        String sha256 = "304106092a864886f70d01010a3034"
                + "a00f300d06096086480165030402010500"
                + "a11c301a06092a864886f70d010108300d06096086480165030402010500"
                + "a203020120";
        String none = "300d06092a864886f70d01010a3000";

        assertThat(signedWith("SHA256withRSAandMGF1").check(resigned(sha256))).isNull();
        assertThat(signedWith("SHA512withRSAandMGF1").check(resigned(sha256))).isEqualTo(Reason.SIGNATURE_ALGORITHM);
        assertThat(SignatureAlgorithm.isBroken(resigned(sha256))).isFalse();
        assertThat(SignatureAlgorithm.isBroken(resigned(none))).isTrue();
        for (SignatureAlgorithm any : SignatureAlgorithm.values()) {
            Constraints one = new Constraints(null, Set.of(any), Set.of(), Set.of(), Set.of());
            assertThat(one.check(resigned(none))).isEqualTo(Reason.SIGNATURE_ALGORITHM);
        }
    }

    @ParameterizedTest(name = "key usage bits {0}, required {1}: refused {2}")
    @CsvSource({
        "03020780, digitalSignature, false",
        "03020780, digitalSignature keyAgreement, true",
        "03020388, digitalSignature keyAgreement, false",
        "03020560, digitalSignature, true",
        "03030780 80, decipherOnly digitalSignature, false",
        "030100, digitalSignature, true",
        "none, digitalSignature, true"
    })
    void requiresKeyUsage(String bits, String names, boolean refused) {
        TestCertificate.Builder builder = TestCertificate.named("CN=x");
        if (!bits.equals("none")) {
            builder.extension("2.5.29.15", true, HexFormat.of().parseHex(bits.replace("03030780 80", "0303078080")));
        }
        Set<KeyUsage> wanted = Set.copyOf(Arrays.stream(names.split(" "))
                .map(name -> KeyUsage.named(name).orElseThrow())
                .toList());
        Constraints constraints = new Constraints(null, Set.of(), wanted, Set.of(), Set.of());

        assertThat(constraints.check(builder.build().certificate())).isEqualTo(refused ? Reason.KEY_USAGE : null);
    }

    @ParameterizedTest(name = "purposes {0}, required {1}: refused {2}")
    @CsvSource({
        "clientAuth, clientAuth, false",
        "serverAuth clientAuth, clientAuth, false",
        "serverAuth clientAuth, clientAuth serverAuth, false",
        "serverAuth, clientAuth, true",
        "clientAuth, clientAuth emailProtection, true",
        "anyExtendedKeyUsage, clientAuth, true",
        "anyExtendedKeyUsage, anyExtendedKeyUsage, false",
        "1.2.3.4, 1.2.3.4, false",
        "1.2.3.4.5, 1.2.3.4, true",
        "none, clientAuth, true"
    })
    void requiresExtendedKeyUsage(String purposes, String names, boolean refused) {
        TestCertificate.Builder builder = TestCertificate.named("CN=x");
        if (!purposes.equals("none")) {
            builder.extendedKeyUsage(oids(purposes));
        }
        Constraints constraints = new Constraints(null, Set.of(), Set.of(), Set.of(oids(names)), Set.of());

        assertThat(constraints.check(builder.build().certificate()))
                .isEqualTo(refused ? Reason.EXTENDED_KEY_USAGE : null);
    }

    @ParameterizedTest(name = "policies {0}, one of {1}: refused {2}")
    @CsvSource({"300606042A030405, 1.2.3.4.5, true", "300830060604, 1.2.3.4.5, true", "none, 1.2.3.4, true"})
    void ignoresMalformedPolicies(String value, String policies, boolean refused) {
        TestCertificate.Builder builder = TestCertificate.named("CN=x");
        if (!value.equals("none")) {
            builder.extension("2.5.29.32", false, HexFormat.of().parseHex(value.replaceAll("[^0-9A-F]", "")));
        }

        assertThat(underPolicies(policies).check(builder.build().certificate()))
                .isEqualTo(refused ? Reason.CERTIFICATE_POLICY : null);
    }

    @Test
    void requiresOneOfThePolicies() {
        // 1.2.3.4 and 2.5.29.32.0 (anyPolicy)
        X509Certificate two = withPolicies("300f" + "3005" + "06032a0304" + "3006" + "0604551d2000");
        X509Certificate any = withPolicies("3008" + "3006" + "0604551d2000");

        assertThat(underPolicies("1.2.3.4").check(two)).isNull();
        assertThat(underPolicies("1.2.3.4", "1.2.3.5").check(two)).isNull();
        assertThat(underPolicies("1.2.3.5", "1.2.3").check(two)).isEqualTo(Reason.CERTIFICATE_POLICY);
        assertThat(underPolicies("1.2.3.4").check(any)).isEqualTo(Reason.CERTIFICATE_POLICY);
    }

    @Test
    void firstReasonWins() {
        Constraints all = new Constraints(
                MinimumKeySizes.of(List.of("RSA=4096")),
                Set.of(SignatureAlgorithm.ED448),
                Set.of(KeyUsage.CRL_SIGN),
                Set.of("1.2.3"),
                Set.of("1.2.3"));

        assertThat(all.check(EC.certificate())).isEqualTo(Reason.KEY_TOO_SMALL);
        assertThat(Constraints.NONE.check(SMALL.certificate())).isNull();
    }

    private static X509Certificate certificate(String kind) {
        return switch (kind) {
            case "EC" -> EC.certificate();
            case "RSA" -> RSA.certificate();
            default -> ED25519.certificate();
        };
    }

    private static String[] oids(String names) {
        return Arrays.stream(names.split(" ")).map(ExtendedKeyUsage::parse).toArray(String[]::new);
    }

    private static Constraints signedWith(String name) {
        return new Constraints(
                null, Set.of(SignatureAlgorithm.named(name).orElseThrow()), Set.of(), Set.of(), Set.of());
    }

    private static Constraints underPolicies(String... policies) {
        return new Constraints(null, Set.of(), Set.of(), Set.of(), Set.of(policies));
    }

    private static X509Certificate withPolicies(String hex) {
        return TestCertificate.named("CN=x")
                .extension("2.5.29.32", false, HexFormat.of().parseHex(hex))
                .build()
                .certificate();
    }

    /** Returns a certificate with this signature algorithm. */
    private static X509Certificate resigned(String algorithm) throws Exception {
        ASN1Primitive other = ASN1Primitive.fromByteArray(HexFormat.of().parseHex(algorithm));
        ASN1Sequence parts = ASN1Sequence.getInstance(RSA.der());
        ASN1Encodable[] body = ASN1Sequence.getInstance(parts.getObjectAt(0)).toArray();
        body[2] = other;
        byte[] der =
                new DERSequence(new ASN1Encodable[] {new DERSequence(body), other, parts.getObjectAt(2)}).getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
