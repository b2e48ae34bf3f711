/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as programs print them and as certificates have them, from the text of the settings to the verdict. */
class NamesInRulesTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String UPN = "1.3.6.1.4.1.311.20.2.3";

    private static final String PSD2 = "CN=tpp.example.org,2.5.4.97=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE";
    private static final String BRAZIL =
            "UID=0d1f2e3a-0000-4000-8000-0123456789ab,CN=api.example.com.br,L=Sao Paulo,ST=SP,"
                    + "O=Exemplo,C=BR,SERIALNUMBER=43142666000197,1.3.6.1.4.1.311.60.2.1.3=BR,2.5.4.15=Private Organization";
    private static final String DEVICE = "EMAILADDRESS=ops@example.com,CN=pump 7,SERIALNUMBER=A-1,T=Dr.,GIVENNAME=Ann,"
            + "SURNAME=Lee,INITIALS=AL,ST=Bavaria,STREET=Main St. 1,C=DE";
    private static final String PERSON = "UID=alice,OU=people,DC=example,DC=com";

    /** The name in the certificate, the program, and the text that it prints. */
    static final List<Arguments> PRINTED = List.of(
            Arguments.of(
                    PSD2,
                    "OpenSSL, nginx, HAProxy, Apache httpd",
                    "CN=tpp.example.org,organizationIdentifier=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE"),
            Arguments.of(
                    PSD2,
                    "X500Principal.getName(), Go",
                    "CN=tpp.example.org,2.5.4.97=#131250534444452d424146494e2d313233343536,O=Example Bank\\, AG,C=DE"),
            Arguments.of(
                    PSD2,
                    "keytool, X500Principal.toString()",
                    "CN=tpp.example.org, OID.2.5.4.97=PSDDE-BAFIN-123456, O=\"Example Bank, AG\", C=DE"),
            Arguments.of(
                    PSD2,
                    "cryptography of Python",
                    "CN=tpp.example.org,2.5.4.97=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE"),
            Arguments.of(
                    PSD2,
                    "Windows",
                    "CN=tpp.example.org, OID.2.5.4.97=PSDDE-BAFIN-123456, O=\"Example Bank, AG\", C=DE"),
            Arguments.of(
                    BRAZIL,
                    "OpenSSL",
                    "UID=0d1f2e3a-0000-4000-8000-0123456789ab,CN=api.example.com.br,L=Sao Paulo,ST=SP,O=Exemplo,C=BR,"
                            + "serialNumber=43142666000197,jurisdictionC=BR,businessCategory=Private Organization"),
            Arguments.of(
                    BRAZIL,
                    "OpenSSL with long names",
                    "userId=0d1f2e3a-0000-4000-8000-0123456789ab,commonName=api.example.com.br,localityName=Sao Paulo,"
                            + "stateOrProvinceName=SP,organizationName=Exemplo,countryName=BR,serialNumber=43142666000197,"
                            + "jurisdictionCountryName=BR,businessCategory=Private Organization"),
            Arguments.of(
                    BRAZIL,
                    "Bouncy Castle",
                    "UID=0d1f2e3a-0000-4000-8000-0123456789ab,CN=api.example.com.br,L=Sao Paulo,ST=SP,O=Exemplo,C=BR,"
                            + "SERIALNUMBER=43142666000197,jurisdictionCountry=BR,BusinessCategory=Private Organization"),
            Arguments.of(
                    BRAZIL,
                    "Windows",
                    "OID.0.9.2342.19200300.100.1.1=0d1f2e3a-0000-4000-8000-0123456789ab, CN=api.example.com.br,"
                            + " L=Sao Paulo, S=SP, O=Exemplo, C=BR, SERIALNUMBER=43142666000197,"
                            + " OID.1.3.6.1.4.1.311.60.2.1.3=BR, OID.2.5.4.15=Private Organization"),
            Arguments.of(
                    DEVICE,
                    "OpenSSL",
                    "emailAddress=ops@example.com,CN=pump 7,serialNumber=A-1,title=Dr.,GN=Ann,SN=Lee,initials=AL,"
                            + "ST=Bavaria,street=Main St. 1,C=DE"),
            Arguments.of(
                    DEVICE,
                    "OpenSSL with blanks (-nameopt RFC2253,space_eq,sep_comma_plus_space)",
                    "emailAddress = ops@example.com, CN = pump 7, serialNumber = A-1, title = Dr., GN = Ann, SN = Lee,"
                            + " initials = AL, ST = Bavaria, street = Main St. 1, C = DE"),
            Arguments.of(
                    DEVICE,
                    "Java",
                    "EMAILADDRESS=ops@example.com, CN=pump 7, SERIALNUMBER=A-1, T=Dr., GIVENNAME=Ann, SURNAME=Lee,"
                            + " INITIALS=AL, ST=Bavaria, STREET=Main St. 1, C=DE"),
            Arguments.of(
                    DEVICE,
                    "Windows, .NET, API Management",
                    "E=ops@example.com, CN=pump 7, SERIALNUMBER=A-1, T=Dr., G=Ann, SN=Lee, I=AL, S=Bavaria,"
                            + " STREET=Main St. 1, C=DE"),
            Arguments.of(
                    DEVICE,
                    "GnuTLS",
                    "EMAIL=ops@example.com,CN=pump 7,serialNumber=A-1,title=Dr.,givenName=Ann,surName=Lee,initials=AL,"
                            + "ST=Bavaria,STREET=Main St. 1,C=DE"),
            Arguments.of(PERSON, "LDAP", "uid=alice,ou=people,dc=example,dc=com"),
            Arguments.of(PERSON, "OpenSSL", "UID=alice,OU=people,DC=example,DC=com"),
            Arguments.of(
                    "CN=DOE.JANE.QUINCY.1234567890,OU=CONTRACTOR,OU=PKI,OU=DoD,O=U.S. Government,C=US",
                    "OpenSSL",
                    "CN=DOE.JANE.QUINCY.1234567890,OU=CONTRACTOR,OU=PKI,OU=DoD,O=U.S. Government,C=US"),
            Arguments.of(
                    "CN=Ren\u00E9e \\\"R\\\" O'Neil+UID=7,O=\\#1 Caf\u00E9,C=FR",
                    "OpenSSL",
                    "CN=Ren\\C3\\A9e \\\"R\\\" O'Neil+UID=7,O=\\#1 Caf\\C3\\A9,C=FR"),
            Arguments.of(
                    "CN=Ren\u00E9e \\\"R\\\" O'Neil,C=FR", "Windows", "CN=\"Ren\u00E9e \"\"R\"\" O\\27Neil\", C=FR"),
            Arguments.of("CN=\\ a\\ ,O=b\\ ", "OpenSSL", "CN=\\ a\\ ,O=b\\ "),
            Arguments.of(
                    "CN=x,2.5.4.45=#0302000F,2.5.4.16=#30060C01610C0162",
                    "OpenSSL",
                    "CN=x,x500UniqueIdentifier=#0302000F,postalAddress=#30060C01610C0162"),
            Arguments.of("CN=x,1.3.6.1.4.1.99999.1=#0C0161", "OpenSSL", "CN=x,1.3.6.1.4.1.99999.1=#0C0161"));

    private final Map<String, String> given = new HashMap<>();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}: [{2}]")
    @FieldSource("PRINTED")
    void takesWhatProgramsPrint(String name, String program, String printed) {
        TestCertificate client =
                TestCertificate.named(name).key(ROOT.keyPair()).issuedBy(ROOT).build();
        TestCertificate issuer =
                TestCertificate.named(name).key(ROOT.keyPair()).ca().build();
        TestCertificate issued = TestCertificate.named("CN=alice")
                .key(ROOT.keyPair())
                .issuedBy(issuer)
                .build();
        char quote = printed.replaceAll("\\\\.", "").contains("\"") ? '\'' : '"';

        trust(ROOT);
        given.put("identities", "subject=" + quote + printed + quote + " roles=r");
        assertThat(decide(open(), client)).isInstanceOf(Verdict.Admitted.class);
        trust(issuer);
        given.put("identities", "issuer-subject=" + quote + printed + quote);
        assertThat(decide(open(), issued)).isInstanceOf(Verdict.Admitted.class);
        given.put(
                "deny",
                "issuer=" + quote + printed + quote + " serial="
                        + issued.certificate().getSerialNumber());
        assertThat(code(decide(open(), issued))).isEqualTo("TK-121");
    }

    @ParameterizedTest(name = "[{0}] {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=alice,licence=7 | [licence] is not a known keyword of a distinguished name",
                "CN=alice,licence=7 | such as 2.5.4.97=PSDDE-BAFIN-123456 or OID.2.5.4.97=#0C1250534444452D424146494E2D31",
                "CN=alice,uniqueIdentifier=7 | [uniqueIdentifier] is not a known keyword",
                "/C=DE/CN=alice | slashes are an old form of OpenSSL",
                "CN=alice, O=Example, Inc. | [Inc.] is not an attribute of a distinguished name",
                "CN=DOMAIN\\alice | [\\al] is not an escape of RFC 2253",
                "Subject: CN=alice | [Subject: CN] is not a known keyword"
            })
    void namesWhatIsWrong(String name, String problem) {
        trust(ROOT);
        for (String claim : List.of("subject", "issuer-subject")) {
            given.put("identities", claim + "=\"" + name + "\"");
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("TK-203 identities: rule 1: " + claim + ": ")
                    .contains(problem);
        }
        given.put("identities", "subject=CN=alice");
        given.put("deny", "issuer=\"" + name + "\" serial=7");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("TK-203 deny: ")
                .contains(problem);
    }

    @Test
    @DisplayName("a keyword of a file is not shown: the file may be the wrong one")
    void doesNotShowKeywordsOfAFile() throws IOException {
        trust(ROOT);
        Path file = Files.writeString(folder.resolve("rules"), "subject=\"s3cret=7\"\n");
        given.put("identities", "file:" + file);

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("is not a known keyword")
                .doesNotContain("s3cret");
    }

    @Test
    @DisplayName("a name in the order of DER is a warning in a rule, and denies in both orders")
    void warnsOfTheOtherOrder() {
        TestCertificate issuer = TestCertificate.named("CN=Corp CA,O=Example,C=DE")
                .key(ROOT.keyPair())
                .ca()
                .build();
        TestCertificate client = TestCertificate.named("CN=alice,O=Example,C=DE")
                .key(ROOT.keyPair())
                .issuedBy(issuer)
                .build();
        trust(issuer);
        given.put("identities", "subject='C = DE, O = Example, CN = alice'");

        assertThat(Settings.parse(given, new FakeResources()).warnings())
                .singleElement()
                .asString()
                .startsWith("TK-403 identities: rule 1: [subject] begins with a country and ends with a common name");
        assertThat(code(decide(open(), client))).isEqualTo("TK-120");

        given.put("identities", "subject='CN=alice,O=Example,C=DE'");
        assertThat(Settings.parse(given, new FakeResources()).warnings()).isEmpty();
        assertThat(decide(open(), client)).isInstanceOf(Verdict.Admitted.class);
        given.put(
                "deny",
                "issuer='C = DE, O = Example, CN = Corp CA' serial="
                        + client.certificate().getSerialNumber());
        assertThat(code(decide(open(), client))).isEqualTo("TK-121");
    }

    @ParameterizedTest(name = "deny=[{0}] is refused")
    @ValueSource(
            strings = {
                "issuer=\"CN=a\\\" serial=7",
                "issuer=\"CN=a\\\" serial=7, issuer=\"CN=b\" serial=8",
                "issuer=\"CN=a\" serial=7\\",
                "issuer=CN=a serial=7",
                "issuer=\"\" serial=7"
            })
    void refusesADenialWithAQuoteThatDoesNotEnd(String deny) {
        trust(ROOT);
        given.put("identities", "subject=CN=alice");
        given.put("deny", deny);

        assertThat(problems()).isNotEmpty().allMatch(problem -> problem.startsWith("TK-203 deny: "));
    }

    @Test
    @DisplayName("principal=subject and the log write keywords, and a value cannot forge any")
    void printsKeywords() {
        trust(ROOT);
        TestCertificate client = TestCertificate.named(
                        "EMAILADDRESS=a@b,2.5.4.97=#0C0E782C434E3D61646D696E0A544B2D,O=x")
                .issuedBy(ROOT)
                .build();
        given.put("identities", "issuer-subject=CN=Root");
        given.put("principal", "subject");

        Verdict.Admitted admitted = (Verdict.Admitted) decide(open(), client);
        assertThat(admitted.identity().name())
                .isEqualTo("emailAddress=a@b,organizationIdentifier=x\\,CN\\=admin\\0ATK-,O=x");
        given.put("identities", "subject=CN=other");
        try (CapturedLog log = new CapturedLog()) {
            decide(open(), client);
            assertThat(log.lines())
                    .anyMatch(line ->
                            line.contains("[emailAddress=a@b,organizationIdentifier=x\\,CN\\=admin\\0ATK-,O=x]"));
        }
    }

    /** The alternative names, the rule, and whether it holds. */
    static Stream<Arguments> userPrincipalNames() {
        ASN1Encodable alice = upn(new DERUTF8String("alice@corp.example.com"));
        return Stream.of(
                row("exact", "alice@corp.example.com", true, alice),
                row("case of the domain", "alice@CORP.Example.com", true, alice),
                row("case of the name", "Alice@corp.example.com", false, alice),
                row("shorter", "alice@corp.example", false, alice),
                row(
                        "other letters of another script",
                        "m\u00FCller@corp.example",
                        true,
                        upn("m\u00FCller@corp.example")),
                row("case of other letters", "m\u00DCller@corp.example", false, upn("m\u00FCller@corp.example")),
                row("Kelvin sign", "alice@k.example", false, upn("alice@\u212A.example")),
                row("domain of two", "a@b@c", true, upn("a@b@C")),
                row("the same twice", "alice@corp.example.com", false, alice, alice),
                row("two", "alice@corp.example.com", false, alice, upn("bob@corp.example.com")),
                row("one malformed", "alice@corp.example.com", false, alice, upn(new DERIA5String("b@c"))),
                row("among others", "alice@corp.example.com", true, alice, email("bob@b"), other("1.2.3")),
                row("e-mail address", "alice@corp.example.com", false, email("alice@corp.example.com")),
                row("URI", "alice@corp.example.com", false, name(6, "alice@corp.example.com")),
                row(
                        "another otherName",
                        "alice@b",
                        false,
                        otherName("1.3.6.1.5.5.7.8.9", new DERUTF8String("alice@b"))),
                row("IA5String", "alice@b", false, upn(new DERIA5String("alice@b"))),
                row("PrintableString", "alice@b", false, upn(new DERPrintableString("alice@b"))),
                row("BMPString", "alice@b", false, upn(new DERBMPString("alice@b"))),
                row(
                        "OCTET STRING",
                        "alice@b",
                        false,
                        upn(new DEROctetString("alice@b".getBytes(StandardCharsets.UTF_8)))),
                row("SEQUENCE", "alice@b", false, upn(new DERSequence(new DERUTF8String("alice@b")))),
                row("NUL inside", "alice@b", false, upn("alice@b\0.evil")),
                row("line break", "alice@b", false, upn("alice@b\n")),
                row("blank at the end", "alice@b", false, upn("alice@b ")),
                row("right-to-left override", "alice@b", false, upn("alice@b\u202E")),
                row("empty", "alice@b", false, upn("")),
                row("long", "alice@b", false, upn("alice@b".repeat(1000))),
                row("without value", "alice@b", false, tagged(new DERSequence(new ASN1ObjectIdentifier(UPN)))),
                row("empty sequence", "alice@b", false, alice(), tagged(new DERSequence())),
                row("two values", "alice@b", false, tagged(new DERSequence(new ASN1Encodable[] {
                    new ASN1ObjectIdentifier(UPN),
                    new DERTaggedObject(true, 0, new DERUTF8String("alice@b")),
                    DERNull.INSTANCE
                }))),
                row("wrong tag", "alice@b", false, tagged(new DERSequence(new ASN1Encodable[] {
                    new ASN1ObjectIdentifier(UPN), new DERTaggedObject(true, 1, new DERUTF8String("alice@b"))
                }))),
                row("implicit tag", "alice@b", false, tagged(new DERSequence(new ASN1Encodable[] {
                    new ASN1ObjectIdentifier(UPN), new DERTaggedObject(false, 0, new DERUTF8String("alice@b"))
                }))));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("userPrincipalNames")
    void comparesUserPrincipalNames(String kind, String claimed, boolean holds, ASN1Encodable names) {
        TestCertificate client = client(names);
        trust(ROOT);
        given.put("identities", "user-principal-name='" + claimed + "'");

        Verdict verdict = decide(open(), client);
        assertThat(verdict instanceof Verdict.Admitted).isEqualTo(holds);
        assertThat(holds ? "TK-120" : code(verdict)).isEqualTo("TK-120");
        for (String other : List.of("email=alice@corp.example.com", "uri=x:alice@corp.example.com")) {
            given.put("identities", other);
            assertThat(decide(open(), client) instanceof Verdict.Admitted)
                    .isEqualTo(kind.equals("e-mail address") && other.startsWith("email"));
        }
    }

    @ParameterizedTest(name = "user-principal-name=[{0}]")
    @ValueSource(strings = {"alice", "@b", "alice@", "a b@c", "a@b\u202E", "a@b\u00A0", "a@b\u200B"})
    void refusesOtherUserPrincipalNames(String name) {
        trust(ROOT);
        given.put("identities", "user-principal-name=\"" + name + "\"");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("TK-203 identities: rule 1: user-principal-name: ")
                .contains("is not a user principal name; expected a name without blanks");
    }

    @ParameterizedTest(name = "principal={0}")
    @ValueSource(strings = {"email", "user-principal-name", "common-name", "subject"})
    @DisplayName("a name of the certificate needs a verified path, or a list of strong thumbprints")
    void refusesWeakListsForNamesOfTheCertificate(String principal) {
        TestCertificate client = client(new DERSequence(new ASN1Encodable[] {alice(), email("a@b")}));
        given.put("principal", principal);

        given.put("thumbprints", client.sha1());
        assertThat(problems()).singleElement().asString().contains("too weak");
        given.remove("thumbprints");
        given.put("publicKeyPins", "sha256/" + client.pin());
        assertThat(problems()).singleElement().asString().contains("too weak");
        given.remove("publicKeyPins");
        given.put("identities", "public-key=sha256/" + client.pin() + " email=a@b");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(
                        "TK-204 identities: rule 1 is too weak for [principal], a name taken from the certificate;");
        given.remove("identities");
        given.put("thumbprints", client.sha256());
        assertThat(decide(open(), client)).isInstanceOf(Verdict.Admitted.class);
    }

    static Stream<Arguments> principals() {
        ASN1Encodable bob = upn("bob@corp.example.com");
        return Stream.of(
                Arguments.of("email", "a@B", names(email("a@B"), alice())),
                Arguments.of("email", null, names(alice())),
                Arguments.of("email", null, names(email("a@b"), email("c@d"))),
                Arguments.of("email", null, names(email("a@b"), email("a@b"))),
                Arguments.of("email", null, names(email("a@b"), email("c\0@d"))),
                Arguments.of("user-principal-name", "alice@corp.example.com", names(email("a@b"), alice())),
                Arguments.of("user-principal-name", null, names(email("a@b"))),
                Arguments.of("user-principal-name", null, names(alice(), bob)),
                Arguments.of("user-principal-name", null, names(alice(), alice())),
                Arguments.of("user-principal-name", null, names(upn(new DERIA5String("a@b")))));
    }

    @ParameterizedTest(name = "principal={0}: {1}")
    @MethodSource("principals")
    void namesPrincipalsByTheOnlyName(String principal, String expected, ASN1Encodable names) {
        TestCertificate client = client(names);
        trust(ROOT);
        given.put("thumbprints", client.sha256());
        given.put("principal", principal);

        Verdict verdict = decide(open(), client);
        if (expected == null) {
            assertThat(code(verdict)).isEqualTo("TK-108");
        } else {
            assertThat(((Verdict.Admitted) verdict).identity().name()).isEqualTo(expected);
        }
    }

    private void trust(TestCertificate root) {
        try {
            given.put("validateTrust", "true");
            given.put(
                    "trustStore",
                    Files.writeString(folder.resolve("root.pem"), root.pem()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Gate open() {
        return Settings.parse(given, new FakeResources()).open(new Counters(), InstantSource.system());
    }

    private List<String> problems() {
        return catchThrowableOfType(SettingsException.class, this::open).problems();
    }

    private static Verdict decide(Gate gate, TestCertificate client) {
        return gate.decide(FakeExchange.of(client.certificate()));
    }

    private static String code(Verdict verdict) {
        return ((Verdict.Refused) verdict).reason().code();
    }

    private static TestCertificate client(ASN1Encodable names) {
        return TestCertificate.named("CN=alice")
                .key(ROOT.keyPair())
                .issuedBy(ROOT)
                .extension(ALTERNATIVE_NAMES, false, der(names))
                .build();
    }

    private static Arguments row(String kind, String claimed, boolean holds, ASN1Encodable... names) {
        return Arguments.of(kind, claimed, holds, names(names));
    }

    private static ASN1Encodable names(ASN1Encodable... names) {
        return new DERSequence(Arrays.copyOf(names, names.length));
    }

    private static ASN1Encodable alice() {
        return upn("alice@corp.example.com");
    }

    private static ASN1Encodable email(String address) {
        return name(1, address);
    }

    private static ASN1Encodable name(int tag, String text) {
        return new DERTaggedObject(false, tag, new DERIA5String(text));
    }

    private static ASN1Encodable upn(String text) {
        return upn(new DERUTF8String(text));
    }

    private static ASN1Encodable upn(ASN1Encodable value) {
        return otherName(UPN, value);
    }

    private static ASN1Encodable other(String oid) {
        return otherName(oid, new DERUTF8String("x"));
    }

    private static ASN1Encodable otherName(String oid, ASN1Encodable value) {
        return tagged(new DERSequence(
                new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), new DERTaggedObject(true, 0, value)}));
    }

    private static ASN1Encodable tagged(ASN1Encodable otherName) {
        return new DERTaggedObject(false, 0, otherName);
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
