/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathCheckTest {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate SUB =
            TestCertificate.named("CN=Sub").ca().issuedBy(ROOT).build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(SUB).build();
    private static final TestCertificate DIRECT =
            TestCertificate.named("CN=direct").issuedBy(ROOT).build();
    private static final Instant NOW =
            ROOT.certificate().getNotBefore().toInstant().plus(Duration.ofDays(1));

    @Test
    void findsThePathThroughAnIntermediateOfTheClient() {
        VerifiedPath path = path(trusting(ROOT).verify(ALICE.certificate(), sent(SUB), NOW));

        assertThat(path.certificates()).containsExactly(ALICE.certificate(), SUB.certificate(), ROOT.certificate());
        assertThat(path.certificates()).endsWith(ROOT.certificate());
        assertThat(path.issuerIds()).isEmpty();
    }

    @Test
    @DisplayName("an intermediate of the trust store need not be sent, and gives its label")
    void findsThePathThroughAnIntermediateOfTheTrustStore() {
        VerifiedPath path = path(trusting(ROOT, SUB).verify(ALICE.certificate(), List.of(), NOW));

        assertThat(path.issuer()).isEqualTo(SUB.certificate());
        assertThat(path.issuerIds()).containsExactly("CN=Sub");
    }

    @Test
    void refusesWithoutItsIntermediate() {
        refused(trusting(ROOT).verify(ALICE.certificate(), List.of(), NOW));
    }

    @Test
    void refusesCertificateOfAnotherAuthorityWithTheSameName() {
        TestCertificate forged = TestCertificate.named("CN=Root").ca().build();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(forged).build();

        refused(trusting(ROOT).verify(alice.certificate(), sent(forged), NOW));
        refused(trusting(ROOT).verify(alice.certificate(), sent(ROOT), NOW));
    }

    @Test
    @DisplayName("an intermediate alone is not a root: its root must be in the trust store too")
    void refusesWhenTheTrustStoreHasNoRoot() {
        refused(trusting(SUB).verify(ALICE.certificate(), sent(SUB, ROOT), NOW));
        assertThat(new TrustedCertificates(trusted(SUB)).hasNoRoot()).isTrue();
        assertThat(new TrustedCertificates(List.of()).hasNoRoot()).isTrue();
        refused(new PathCheck(new TrustedCertificates(List.of()), strict(), Set.of())
                .verify(ALICE.certificate(), sent(SUB, ROOT), NOW));
    }

    @Test
    @DisplayName("CVE-2026-27586: an empty trust store does not mean the authorities of the JVM")
    void neverFallsBackToTheAuthoritiesOfTheJvm() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        X509Certificate known = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];

        assertThat(trusting(ROOT).verify(known, List.of(), NOW)).isInstanceOf(TrustResult.Untrusted.class);
        assertThat(new PathCheck(new TrustedCertificates(List.of()), strict(), Set.of()).verify(known, List.of(), NOW))
                .isInstanceOf(TrustResult.Untrusted.class);
    }

    @Test
    @DisplayName("CVE-2023-2422: the path is that of the leaf, whatever else the client sends (row 107)")
    void verifiesTheLeafOnly() {
        TestCertificate mallory = TestCertificate.named("CN=mallory").build();
        List<X509Certificate> victim = sent(ALICE, SUB, ROOT);
        List<X509Certificate> holes = new ArrayList<>(Arrays.asList(null, SUB.certificate(), null));

        refused(trusting(ROOT).verify(mallory.certificate(), victim, NOW));
        assertThat(path(trusting(ROOT).verify(ALICE.certificate(), sent(mallory, SUB), NOW))
                        .certificates())
                .startsWith(ALICE.certificate());
        path(trusting(ROOT).verify(ALICE.certificate(), holes, NOW));
    }

    @Test
    @DisplayName("wrong order and unrelated certificates do no harm (row 107)")
    void findsThePathWhateverTheOrder() {
        TestCertificate subsub =
                TestCertificate.named("CN=SubSub").ca().issuedBy(SUB).build();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(subsub).build();
        TestCertificate stranger = TestCertificate.named("CN=Sub").ca().build();

        VerifiedPath path =
                path(trusting(ROOT).verify(alice.certificate(), sent(ROOT, stranger, SUB, alice, subsub), NOW));

        assertThat(path.certificates()).hasSize(4);
    }

    @Test
    @DisplayName("only the first ten certificates of the client are used (row 107)")
    void usesTenOfAHundredCertificates() {
        List<X509Certificate> hundred = new ArrayList<>(Collections.nCopies(100, DIRECT.certificate()));
        hundred.set(9, SUB.certificate());
        path(trusting(ROOT).verify(ALICE.certificate(), hundred, NOW));

        hundred.set(9, DIRECT.certificate());
        hundred.set(10, SUB.certificate());
        refused(trusting(ROOT).verify(ALICE.certificate(), hundred, NOW));
    }

    @Test
    @Timeout(5)
    @DisplayName("the search ends soon if all authorities have signed each other (row 107)")
    void endsInALoopOfCrossSignedAuthorities() throws Exception {
        KeyPair keys = TestCertificate.named("CN=Loop").build().keyPair();
        List<TestCertificate> loop = Stream.generate(() -> loop(keys)).limit(10).toList();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(loop.get(0)).build();

        refused(trusting(ROOT).verify(alice.certificate(), sent(loop.toArray(TestCertificate[]::new)), NOW));
    }

    private static TestCertificate loop(KeyPair keys) {
        return TestCertificate.named("CN=Loop").ca().key(keys).build();
    }

    @Test
    void refusesALongerPathThanSixIntermediates() {
        List<TestCertificate> authorities = new ArrayList<>(List.of(ROOT));
        for (int i = 0; i < 7; i++) {
            authorities.add(TestCertificate.named("CN=Level " + i)
                    .ca()
                    .issuedBy(authorities.get(i))
                    .build());
        }
        List<X509Certificate> sent = sent(authorities.toArray(TestCertificate[]::new));
        TestCertificate six =
                TestCertificate.named("CN=six").issuedBy(authorities.get(6)).build();
        TestCertificate seven =
                TestCertificate.named("CN=seven").issuedBy(authorities.get(7)).build();

        assertThat(path(trusting(ROOT).verify(six.certificate(), sent, NOW)).certificates())
                .hasSize(8);
        refused(trusting(ROOT).verify(seven.certificate(), sent, NOW));
    }

    @Test
    @DisplayName("of two issuers with the same name and key, the search finds the one with a path to a trusted root")
    void findsTheIssuerWithAPathToARoot() {
        TestCertificate old = TestCertificate.named("CN=Old Root").ca().build();
        TestCertificate viaOld =
                TestCertificate.named("CN=Cross").ca().issuedBy(old).build();
        TestCertificate viaRoot = TestCertificate.named("CN=Cross")
                .ca()
                .key(viaOld.keyPair())
                .issuedBy(ROOT)
                .build();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(viaOld).build();

        assertThat(path(trusting(ROOT).verify(alice.certificate(), sent(viaOld, old, viaRoot), NOW))
                        .issuer())
                .isEqualTo(viaRoot.certificate());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purposes")
    @DisplayName("CVE-2022-21656, -21657: the extended key usage must allow clients (row 108)")
    void checksTheExtendedKeyUsage(List<String> oids, Reason reason) {
        TestCertificate.Builder builder = TestCertificate.named("CN=alice").issuedBy(ROOT);
        TestCertificate alice =
                (oids.isEmpty() ? builder : builder.extendedKeyUsage(oids.toArray(String[]::new))).build();

        assertThat(reason(trusting(ROOT).verify(alice.certificate(), List.of(), NOW)))
                .isEqualTo(reason);
    }

    static Stream<Arguments> purposes() {
        return Stream.of(
                Arguments.of(List.of(), null),
                Arguments.of(List.of(CLIENT_AUTH), null),
                Arguments.of(List.of(SERVER_AUTH, CLIENT_AUTH), null),
                Arguments.of(List.of(ANY_PURPOSE), null),
                Arguments.of(List.of(SERVER_AUTH), Reason.NOT_FOR_CLIENTS));
    }

    @Test
    void refusesCertificateOfAnAuthorityForServers() {
        TestCertificate servers = TestCertificate.named("CN=Servers")
                .ca()
                .extendedKeyUsage(SERVER_AUTH)
                .issuedBy(ROOT)
                .build();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(servers).build();

        assertThat(reason(trusting(ROOT).verify(alice.certificate(), sent(servers), NOW)))
                .isEqualTo(Reason.NOT_FOR_CLIENTS);
    }

    @Test
    void refusesCertificateOfARootForServers() {
        TestCertificate root = TestCertificate.named("CN=Servers")
                .ca()
                .extendedKeyUsage(SERVER_AUTH)
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(root).build();

        assertThat(reason(trusting(root).verify(alice.certificate(), sent(), NOW)))
                .isEqualTo(Reason.NOT_FOR_CLIENTS);
    }

    @Test
    void refusesAKeyThatMayOnlyEncrypt() {
        TestCertificate alice = TestCertificate.named("CN=alice")
                .extension(KEY_USAGE, true, der(new KeyUsage(KeyUsage.keyEncipherment)))
                .issuedBy(ROOT)
                .build();

        assertThat(reason(trusting(ROOT).verify(alice.certificate(), List.of(), NOW)))
                .isEqualTo(Reason.NOT_FOR_CLIENTS);
    }

    @Test
    @DisplayName("name constraints of the root apply, ignoring the case of letters (CVE-2026-32884)")
    void checksTheNameConstraintsOfTheRoot() {
        TestCertificate root = TestCertificate.named("CN=Narrow Root")
                .ca()
                .extension(NAME_CONSTRAINTS, true, der(permitting("example.com")))
                .build();

        path(trusting(root).verify(named("alice.example.com", root), List.of(), NOW));
        path(trusting(root).verify(named("ALICE.Example.COM", root), List.of(), NOW));
        refused(trusting(root).verify(named("alice.example.org", root), List.of(), NOW));
        refused(trusting(root).verify(named("ALICE.EXAMPLE.ORG", root), List.of(), NOW));
    }

    @Test
    void checksExcludedNamesIgnoringCase() {
        TestCertificate root = TestCertificate.named("CN=Narrow Root")
                .ca()
                .extension(NAME_CONSTRAINTS, true, der(new NameConstraints(null, new GeneralSubtree[] {
                    subtree("example.com")
                })))
                .build();

        refused(trusting(root).verify(named("ALICE.Example.COM", root), List.of(), NOW));
    }

    private static X509Certificate named(String dns, TestCertificate issuer) {
        return TestCertificate.named("CN=alice")
                .dnsName(dns)
                .issuedBy(issuer)
                .build()
                .certificate();
    }

    @Test
    @DisplayName("name constraints that the JDK does not understand lead to a refusal, not to an exception")
    void refusesNameConstraintsForWhichTheJdkThrows() {
        GeneralName other = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.2.3.4"), new DERTaggedObject(true, 0, new DERUTF8String("x"))
        }));
        TestCertificate root = TestCertificate.named("CN=Strange Root")
                .ca()
                .extension(NAME_CONSTRAINTS, true, der(new NameConstraints(null, new GeneralSubtree[] {
                    new GeneralSubtree(other)
                })))
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice")
                .extension("2.5.29.17", false, der(new DERSequence(other)))
                .issuedBy(root)
                .build();

        refused(trusting(root).verify(alice.certificate(), List.of(), NOW));
    }

    @Test
    void checksThePathLengthOfTheRoot() {
        TestCertificate root = TestCertificate.named("CN=Short Root")
                .extension(BASIC_CONSTRAINTS, true, der(new BasicConstraints(0)))
                .build();
        TestCertificate sub =
                TestCertificate.named("CN=Sub").ca().issuedBy(root).build();
        TestCertificate near = TestCertificate.named("CN=near").issuedBy(root).build();
        TestCertificate far = TestCertificate.named("CN=far").issuedBy(sub).build();

        path(trusting(root).verify(near.certificate(), List.of(), NOW));
        refused(trusting(root).verify(far.certificate(), sent(sub), NOW));
    }

    @Test
    @DisplayName(
            "a root without basic constraints, such as one of version 1, is not an authority, and is logged (row 106)")
    void refusesCertificateOfARootThatIsNotAnAuthority() {
        TestCertificate plain = TestCertificate.named("CN=Plain").build();
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(plain).build();

        refused(trusting(plain).verify(alice.certificate(), List.of(), NOW));
        assertThat(new TrustedCertificates(trusted(plain)).warnings(PathCheckTest::nameOf, NOW))
                .singleElement()
                .asString()
                .contains("CN=Plain", "not an authority");
    }

    @Test
    void refusesAnIntermediateThatIsNotAnAuthority() {
        TestCertificate bob = TestCertificate.named("CN=bob").issuedBy(SUB).build();
        TestCertificate forged = TestCertificate.named("CN=alice").issuedBy(bob).build();

        refused(trusting(ROOT).verify(forged.certificate(), sent(bob, SUB), NOW));
    }

    @Test
    @DisplayName("an expired root ends no path, and is logged (row 106)")
    void refusesWhenTheRootHasExpired() {
        TestCertificate root = TestCertificate.named("CN=Old Root")
                .ca()
                .validUntil(NOW.minusSeconds(60))
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(root).build();

        refused(trusting(root).verify(alice.certificate(), List.of(), NOW));
        assertThat(new TrustedCertificates(trusted(root)).warnings(PathCheckTest::nameOf, NOW))
                .singleElement()
                .asString()
                .contains("CN=Old Root", "expired");
    }

    @Test
    @DisplayName("a cached path is used only until the first of its certificates expires")
    void forgetsThePathWhenAnIssuerExpires() {
        TestCertificate sub = TestCertificate.named("CN=Sub")
                .ca()
                .validUntil(NOW.plusSeconds(60))
                .issuedBy(ROOT)
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(sub).build();
        PathCheck check = trusting(ROOT);

        path(check.verify(alice.certificate(), sent(sub), NOW));
        path(check.verify(alice.certificate(), List.of(), NOW));
        refused(check.verify(alice.certificate(), sent(sub), NOW.plusSeconds(61)));
    }

    @Test
    @DisplayName("a refusal is not cached: the next connection may send the intermediate")
    void forgetsARefusal() {
        PathCheck check = trusting(ROOT);

        refused(check.verify(ALICE.certificate(), List.of(), NOW));
        path(check.verify(ALICE.certificate(), sent(SUB), NOW));
    }

    @Test
    @DisplayName("the dates of the client's certificate are checked elsewhere, with their own settings")
    void ignoresTheDatesOfTheClientsCertificate() {
        TestCertificate expired = TestCertificate.named("CN=alice")
                .validUntil(NOW.minusSeconds(3600))
                .issuedBy(ROOT)
                .build();
        TestCertificate early = TestCertificate.named("CN=alice")
                .validFrom(NOW.plusSeconds(3600))
                .issuedBy(ROOT)
                .build();

        path(trusting(ROOT).verify(expired.certificate(), List.of(), NOW));
        path(trusting(ROOT).verify(early.certificate(), List.of(), NOW));
    }

    @Test
    void refusesAnExpiredClientOfAnAuthorityThatHasExpiredSince() {
        TestCertificate sub = TestCertificate.named("CN=Sub")
                .ca()
                .validUntil(NOW.minusSeconds(1800))
                .issuedBy(ROOT)
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice")
                .validUntil(NOW.minusSeconds(3600))
                .issuedBy(sub)
                .build();

        refused(trusting(ROOT).verify(alice.certificate(), sent(sub), NOW));
    }

    @Test
    @DisplayName("a self-signed certificate of the trust store is trusted itself, if it is for clients")
    void trustsASelfSignedCertificateOfTheTrustStore() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        TestCertificate server =
                TestCertificate.named("CN=server").extendedKeyUsage(SERVER_AUTH).build();
        TestCertificate strange = TestCertificate.named("CN=strange")
                .extension("1.2.3.4", true, der(new DERUTF8String("?")))
                .build();
        PathCheck check = trusting(alice, server, strange);

        VerifiedPath path = path(check.verify(alice.certificate(), List.of(), NOW));

        assertThat(path.certificates()).containsExactly(alice.certificate());
        assertThat(path.issuer()).isEqualTo(alice.certificate());
        assertThat(reason(check.verify(server.certificate(), List.of(), NOW))).isEqualTo(Reason.NOT_FOR_CLIENTS);
        refused(check.verify(strange.certificate(), List.of(), NOW));
        refused(check.verify(TestCertificate.named("CN=alice").build().certificate(), List.of(), NOW));
    }

    @Test
    @DisplayName("a certificate of the trust store that is not self-signed is not trusted without its root")
    void refusesALeafOfTheTrustStoreWithoutItsRoot() {
        refused(trusting(DIRECT).verify(DIRECT.certificate(), List.of(), NOW));
    }

    @Test
    @DisplayName("a certificate with an unknown critical extension is refused (row 110)")
    void refusesUnknownCriticalExtensions() {
        TestCertificate alice = TestCertificate.named("CN=alice")
                .extension("1.2.3.4", true, der(new DERUTF8String("?")))
                .issuedBy(ROOT)
                .build();

        refused(trusting(ROOT).verify(alice.certificate(), List.of(), NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1000})
    @DisplayName("keys that jdk.certpath.disabledAlgorithms forbids are refused (row 109)")
    void refusesKeysThatTheJdkFindsTooShort(int bits) {
        TestCertificate alice =
                TestCertificate.named("CN=alice").rsa(bits).issuedBy(ROOT).build();

        refused(trusting(ROOT).verify(alice.certificate(), List.of(), NOW));
    }

    @Test
    @DisplayName(
            "a root with too short a key ends no path, nor does a self-signed certificate of the trust store (row 109)")
    void refusesRootsThatTheJdkFindsTooWeak() {
        TestCertificate root =
                TestCertificate.named("CN=Weak Root").ca().rsa(512).build();
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(root).build();
        TestCertificate self = TestCertificate.named("CN=self").rsa(512).build();

        refused(trusting(root).verify(alice.certificate(), List.of(), NOW));
        refused(trusting(self).verify(self.certificate(), List.of(), NOW));
    }

    @Test
    @DisplayName("clocks may differ by clockSkew for issuers too, from the first path on")
    void toleratesSkewOfIssuers() {
        TestCertificate sub = TestCertificate.named("CN=Sub")
                .ca()
                .validFrom(NOW.plusSeconds(30))
                .issuedBy(ROOT)
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice")
                .validFrom(NOW.minusSeconds(3600))
                .issuedBy(sub)
                .build();
        ValidityDates tolerant = new ValidityDates(true, true, Duration.ofMinutes(1));

        refused(trusting(ROOT).verify(alice.certificate(), sent(sub), NOW));
        path(new PathCheck(new TrustedCertificates(trusted(ROOT)), tolerant, Set.of())
                .verify(alice.certificate(), sent(sub), NOW));
    }

    @Test
    @DisplayName("CVE-2022-21449: a signature of r = s = 0 is refused")
    void refusesAPsychicSignature() throws Exception {
        ASN1Sequence certificate = ASN1Sequence.getInstance(DIRECT.der());
        ASN1EncodableVector zero = new ASN1EncodableVector();
        zero.add(new ASN1Integer(BigInteger.ZERO));
        zero.add(new ASN1Integer(BigInteger.ZERO));
        byte[] der = new DERSequence(new ASN1Encodable[] {
                    certificate.getObjectAt(0), certificate.getObjectAt(1), new DERBitString(der(new DERSequence(zero)))
                })
                .getEncoded();

        refused(trusting(ROOT).verify(CertificateReader.readOne(der), List.of(), NOW));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a certificate of a server that hides its extensions from the JDK is refused")
    void refusesLeavesThatTheJdkReadsInPart(MalformedCertificate malformed) {
        TestCertificate alice = malformed.of("CN=alice", ROOT);
        if (alice != null) {
            assertThat(reason(trusting(ROOT).verify(alice.certificate(), List.of(), NOW)))
                    .isEqualTo(malformed == MalformedCertificate.SOUND ? Reason.NOT_FOR_CLIENTS : Reason.NOT_TRUSTED);
        }
    }

    @Test
    @DisplayName("an authority for servers that hides its extended key usage from the JDK is refused, sent or trusted")
    void refusesAuthoritiesThatTheJdkReadsInPart() {
        byte[] ca = Der.sequence(Der.oid(2, 5, 29, 19), Der.octets(Der.sequence(Der.bool(true))));
        byte[] servers =
                Der.sequence(Der.oid(2, 5, 29, 37), Der.octets(Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1))));
        byte[] hidden = Der.join(Der.context(3, Der.sequence(ca)), Der.context(3, Der.sequence(servers)));
        TestCertificate sound = MalformedCertificate.with(Der.context(3, Der.sequence(ca)), "CN=Sound", ROOT);
        TestCertificate malformed = MalformedCertificate.with(hidden, "CN=Malformed", ROOT);
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(sound).build();
        TestCertificate bob =
                TestCertificate.named("CN=bob").issuedBy(malformed).build();

        path(trusting(ROOT).verify(alice.certificate(), sent(sound), NOW));
        refused(trusting(ROOT).verify(bob.certificate(), sent(malformed), NOW));
        refused(trusting(ROOT, malformed).verify(bob.certificate(), List.of(), NOW));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("non-critical restrictions that the JDK ignores because it cannot read them lead to a refusal")
    @ValueSource(strings = {KEY_USAGE, "2.5.29.37"})
    void refusesRestrictionsOfTheLeafThatCannotBeRead(String oid) {
        for (boolean critical : new boolean[] {false, true}) {
            byte[] value = Der.join(Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1), Der.nothing()));
            X509Certificate alice = built(TestCertificate.named("CN=alice").extension(oid, critical, value), ROOT);
            if (alice != null) {
                refused(trusting(ROOT).verify(alice, List.of(), NOW));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {KEY_USAGE, "2.5.29.37", NAME_CONSTRAINTS, "2.5.29.36", "2.5.29.54"})
    void refusesRestrictionsOfAnAuthorityThatCannotBeRead(String oid) {
        TestCertificate sub = TestCertificate.named("CN=Unreadable")
                .extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true)))
                .extension(oid, false, Der.sequence(Der.nothing()))
                .issuedBy(ROOT)
                .build();
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(sub).build();

        refused(trusting(ROOT).verify(alice.certificate(), sent(sub), NOW));
    }

    @Test
    @DisplayName("alternative names that the JDK cannot read do not escape the name constraints of the authority")
    void refusesNamesThatCannotBeReadUnderNameConstraints() {
        TestCertificate narrow = TestCertificate.named("CN=Narrow Root")
                .ca()
                .extension(NAME_CONSTRAINTS, true, der(permitting("example.com")))
                .build();
        byte[] names = Der.sequence(
                Der.element(0x82, "evil.org".getBytes(StandardCharsets.US_ASCII)),
                // A registeredID without content.
                Der.element(0x88));
        // Without a common name: the JDK would check that as a DNS name.
        TestCertificate.Builder alice = TestCertificate.named("O=alice").extension("2.5.29.17", false, names);

        refused(trusting(narrow).verify(built(alice, narrow), List.of(), NOW));
        path(trusting(ROOT).verify(built(alice, ROOT), List.of(), NOW));
    }

    private static X509Certificate built(TestCertificate.Builder builder, TestCertificate issuer) {
        try {
            return builder.issuedBy(issuer).build().certificate();
        } catch (IllegalStateException e) {
            // The JDK refuses critical extensions that it cannot read.
            return null;
        }
    }

    @Test
    @DisplayName(
            "alternative names for which the JDK throws lead to a refusal under name constraints, not to an exception")
    void refusesAlternativeNamesForWhichTheJdkThrows() {
        TestCertificate root = TestCertificate.named("CN=Narrow Root")
                .ca()
                .extension(NAME_CONSTRAINTS, true, der(permitting("example.com")))
                .build();
        GeneralName ediParty = new GeneralName(
                GeneralName.ediPartyName, new DERSequence(new DERTaggedObject(true, 1, new DERUTF8String("x"))));
        TestCertificate alice = TestCertificate.named("CN=alice")
                // Not critical, because JDK 25 does not even read the certificate otherwise.
                .extension("2.5.29.17", false, der(new DERSequence(ediParty)))
                .issuedBy(root)
                .build();

        refused(trusting(root).verify(alice.certificate(), List.of(), NOW));
    }

    @Test
    @DisplayName("a certificate of another class is verified by its bytes, and one that throws is refused")
    void verifiesCertificatesOfOtherClassesByTheirBytes() {
        PathCheck check = trusting(ROOT);

        X509Certificate own = new ForeignCertificate(DIRECT.certificate(), DIRECT::der);
        X509Certificate other = new ForeignCertificate(DIRECT.certificate(), ALICE::der);
        X509Certificate broken = new ForeignCertificate(DIRECT.certificate(), () -> {
            throw new IllegalStateException("broken");
        });

        assertThat(path(check.verify(own, List.of(), NOW)).certificates())
                .containsExactly(DIRECT.certificate(), ROOT.certificate());
        refused(check.verify(other, List.of(), NOW));
        refused(check.verify(broken, List.of(), NOW));
        path(check.verify(ALICE.certificate(), List.of(broken, SUB.certificate()), NOW));
    }

    private static PathCheck trusting(TestCertificate... certificates) {
        return new PathCheck(new TrustedCertificates(trusted(certificates)), strict(), Set.of());
    }

    private static List<TrustedCertificates.Labelled> trusted(TestCertificate... certificates) {
        return Stream.of(certificates)
                .map(TestCertificate::certificate)
                .map(one -> new TrustedCertificates.Labelled(nameOf(one), one))
                .toList();
    }

    private static String nameOf(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static ValidityDates strict() {
        return new ValidityDates(true, true, Duration.ZERO);
    }

    private static List<X509Certificate> sent(TestCertificate... certificates) {
        return Stream.of(certificates).map(TestCertificate::certificate).toList();
    }

    private static VerifiedPath path(TrustResult result) {
        assertThat(result).isInstanceOf(VerifiedPath.class);
        return (VerifiedPath) result;
    }

    private static Reason reason(TrustResult result) {
        return result instanceof TrustResult.Untrusted untrusted ? untrusted.reason() : null;
    }

    private static void refused(TrustResult result) {
        assertThat(reason(result)).isEqualTo(Reason.NOT_TRUSTED);
    }

    private static NameConstraints permitting(String domain) {
        return new NameConstraints(new GeneralSubtree[] {subtree(domain)}, null);
    }

    private static GeneralSubtree subtree(String domain) {
        return new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
