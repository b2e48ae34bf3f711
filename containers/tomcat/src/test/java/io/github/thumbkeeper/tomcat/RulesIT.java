/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth table of API Management's validate-client-certificate, and what else is checked, over real TLS. */
class RulesIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA,O=Example").ca().build();
    private static final TestCertificate OTHER_CA =
            TestCertificate.named("CN=Other CA,O=Example").ca().build();
    private static final TestCertificate NEVER_SEEN =
            TestCertificate.named("CN=never").build();
    private static final TestCertificate ALICE = TestCertificate.named("CN=Alice A.,O=Example")
            .issuedBy(CA)
            .serial(BigInteger.valueOf(171))
            .dnsName("api.example.com")
            .uri("spiffe://example.com/orders")
            .email("alice@example.com")
            .build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").issuedBy(OTHER_CA).build();
    /** Has the same attributes as alice's certificate, from an authority of the same name; the real one is in the chain. */
    private static final TestCertificate IMPOSTOR = TestCertificate.named("CN=Alice A.,O=Example")
            .issuedBy(TestCertificate.named("CN=Corp CA,O=Example").ca().build())
            .serial(BigInteger.valueOf(171))
            .dnsName("api.example.com")
            .uri("spiffe://example.com/orders")
            .email("alice@example.com")
            .build();

    /** Each claim, with a value that matches alice and one that does not. */
    private static final Map<String, List<String>> CLAIMS = new LinkedHashMap<>();

    static {
        claim("thumbprint", ALICE.sha256(), NEVER_SEEN.sha256());
        claim("serial-number", "0xab", "0xac");
        claim("common-name", "Alice A.", "Alice");
        claim("subject", "CN=Alice A., O=Example", "CN=Alice A., O=Other");
        claim("dns-name", "API.example.com", "example.com");
        claim("issuer-subject", "CN=Corp CA,O=Example", "CN=Third CA,O=Example");
        claim("issuer-thumbprint", CA.sha256(), NEVER_SEEN.sha256());
        claim("issuer-certificate-id", "corp", "third");
        claim("uri", "spiffe://example.com/orders", "spiffe://example.com/order");
        claim("email", "alice@EXAMPLE.com", "ALICE@example.com");
        claim("public-key", "sha256/" + ALICE.pin(), "sha256/" + NEVER_SEEN.pin());
    }

    private final TestTomcat tomcat = newTomcat();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    private record Row(String rule, boolean admitted) {}

    private static void claim(String attribute, String holds, String fails) {
        CLAIMS.put(attribute, List.of(attribute + "='" + holds + "'", attribute + "='" + fails + "'"));
    }

    private static TestTomcat newTomcat() {
        try {
            return new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    /** One application for each row, all in one Tomcat. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("every attribute alone, every pair, all of them, each of them matching and not")
    void truthTable(FrontEnd frontEnd) throws Exception {
        Path authorities = Files.createDirectory(folder.resolve("authorities"));
        CA.writePem(authorities.resolve("corp.pem"));
        OTHER_CA.writePem(authorities.resolve("other.pem"));
        List<Row> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> settings = new HashMap<>();
            settings.put("identities", rows.get(i).rule());
            settings.put("validateTrust", "true");
            settings.put("trustStore", authorities.toString());
            app("/row" + i, frontEnd, settings);
        }
        tomcat.start();
        TlsClient alice = client(ALICE);
        TlsClient mallory = client(MALLORY);
        TlsClient impostor = client(IMPOSTOR);
        TlsClient anonymous = client(null);

        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int expected = rows.get(i).admitted() ? 200 : 401;
            int status = alice.get(tomcat.https("/row" + i + "/x")).statusCode();
            int stranger = mallory.get(tomcat.https("/row" + i + "/x")).statusCode();
            int forged = impostor.get(tomcat.https("/row" + i + "/x")).statusCode();
            int without = anonymous.get(tomcat.https("/row" + i + "/x")).statusCode();
            if (status != expected || stranger != 401 || forged != 401 || without != 401) {
                wrong.add(rows.get(i) + " got " + status + ", " + stranger + ", " + forged + ", " + without);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-199"));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> names = List.copyOf(CLAIMS.keySet());
        for (int i = 0; i < names.size(); i++) {
            rows.add(row(true, claim(names.get(i), true)));
            rows.add(row(false, claim(names.get(i), false)));
            for (String other : names.subList(i + 1, names.size())) {
                for (int both = 0; both < 4 && !exclude(names.get(i), other); both++) {
                    rows.add(row(both == 3, claim(names.get(i), (both & 1) != 0), claim(other, (both & 2) != 0)));
                }
            }
        }
        rows.addAll(all(names, List.of("issuer-certificate-id")));
        rows.addAll(all(names, List.of("issuer-subject", "issuer-thumbprint")));
        return rows;
    }

    /** All claims except these, with each of them failing in turn. */
    private static List<Row> all(List<String> names, List<String> without) {
        List<String> used =
                names.stream().filter(name -> !without.contains(name)).toList();
        return Stream.concat(Stream.of(""), used.stream())
                .map(failing -> row(
                        failing.isEmpty(),
                        used.stream()
                                .map(name -> claim(name, !name.equals(failing)))
                                .toArray(String[]::new)))
                .toList();
    }

    private static boolean exclude(String one, String other) {
        return one.startsWith("issuer-") && other.equals("issuer-certificate-id");
    }

    private static Row row(boolean admitted, String... claims) {
        return new Row(String.join(" ", claims), admitted);
    }

    private static String claim(String attribute, boolean holds) {
        return CLAIMS.get(attribute).get(holds ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("threats 1.4: strange names over TLS get 401, never 200 and never 500")
    void refusesStrangeNames(FrontEnd frontEnd) throws Exception {
        List<TestCertificate> strange = List.of(
                TestCertificate.named("CN=admin+CN=b").build(),
                TestCertificate.named("CN=b,CN=admin").build(),
                TestCertificate.named("O=x\\,CN=admin").build(),
                TestCertificate.named("OU=\"CN=admin\"").build(),
                TestCertificate.named("CN=#0C0661646D696E00").build(),
                TestCertificate.named("CN=#1E0C00610064006D0069006E0000").build(),
                TestCertificate.named("CN=ADMIN").build(),
                TestCertificate.named("CN=").build(),
                TestCertificate.named("O=x").email("admin").uri("admin").build(),
                TestCertificate.named("CN=" + "a".repeat(8000)).build(),
                TestCertificate.named("CN=x")
                        .extension("2.5.29.17", false, new byte[] {0x30, 2, (byte) 0x82, 5})
                        .build());
        StringBuilder rules = new StringBuilder();
        for (TestCertificate each : strange) {
            rules.append("public-key=sha256/").append(each.pin()).append(" common-name=admin;");
            rules.append("public-key=sha256/").append(each.pin()).append(" dns-name=admin;");
        }
        app("/app", frontEnd, Map.of("identities", rules.toString(), "tellReason", "true"));
        tomcat.start();

        for (TestCertificate each : strange) {
            assertThat(client(each).get(tomcat.https("/app/x")).body()).contains("\"status\":401", "TK-120");
        }
    }

    /** The settings of an application, and what a bank's client gets there: the user, or the code in the log. */
    private record Application(Map<String, String> settings, String expected) {}

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("names with keywords of OpenSSL in rules, deny lists and principals; signatures in the path")
    void takesNamesAsProgramsPrintThem(FrontEnd frontEnd) throws Exception {
        TestCertificate root = TestCertificate.named("CN=Root,2.5.4.97=NTRDE-HRB1,O=Trust\\, Inc.")
                .rsa(2048)
                .ca()
                .build();
        TestCertificate sub = TestCertificate.named("CN=Sub,1.3.6.1.4.1.311.60.2.1.3=DE,SERIALNUMBER=7")
                .ca()
                .issuedBy(root)
                .signedWith("SHA1withRSA")
                .build();
        TestCertificate bank = TestCertificate.named(
                        "CN=tpp.example.org,2.5.4.97=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE")
                .extension("2.5.29.17", false, alternativeNames("tpp@example.org", "tpp@corp.example.org"))
                .issuedBy(sub)
                .serial(BigInteger.valueOf(171))
                .build();
        String subject =
                "subject=\"CN=tpp.example.org,organizationIdentifier=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE\"";
        String issuer = "\"CN=Sub,jurisdictionC=DE,serialNumber=7\"";
        Map<String, Application> applications = Map.of(
                "/subject", application("user=tpp", Map.of("identities", subject, "principal", "common-name")),
                "/issuer", application("user=issuer-subject", Map.of("identities", "issuer-subject=" + issuer)),
                "/deny",
                        application(
                                "TK-121", Map.of("identities", subject, "deny", "issuer=" + issuer + " serial=171")),
                "/other", application("TK-120", Map.of("identities", subject.replace("123456", "123457"))),
                "/upn",
                        application(
                                "user=tpp@corp.example.org",
                                Map.of(
                                        "identities",
                                        "user-principal-name=tpp@CORP.example.org",
                                        "principal",
                                        "user-principal-name")),
                "/email",
                        application(
                                "user=tpp@example.org",
                                Map.of("identities", "email=tpp@example.org", "principal", "email")),
                "/mixed", application("TK-120", Map.of("identities", "user-principal-name=tpp@example.org")),
                "/text",
                        application(
                                "user=CN=tpp.example.org,organizationIdentifier=PSDDE-BAFIN-123456,O=Example Bank\\, AG,C=DE ",
                                Map.of("identities", subject, "principal", "subject")),
                "/path",
                        application(
                                "TK-123",
                                Map.of(
                                        "identities",
                                        subject,
                                        "allowedSignatureAlgorithms",
                                        "SHA256withRSA,SHA256withECDSA")),
                "/sha1",
                        application(
                                "user=subject",
                                Map.of(
                                        "identities",
                                        subject,
                                        "allowedSignatureAlgorithms",
                                        "SHA256withRSA,SHA256withECDSA,SHA1withRSA")));
        Path trust = Files.writeString(folder.resolve("root.pem"), root.pem());
        for (Map.Entry<String, Application> each : applications.entrySet()) {
            Map<String, String> settings = new HashMap<>(each.getValue().settings());
            settings.put("validateTrust", "true");
            settings.put("trustStore", trust.toString());
            app(each.getKey(), frontEnd, settings);
        }
        tomcat.start();
        TlsClient client = client(bank);

        for (Map.Entry<String, Application> each : applications.entrySet()) {
            HttpResponse<String> response = client.get(tomcat.https(each.getKey() + "/x"));
            String expected = each.getValue().expected();
            if (expected.startsWith("TK-")) {
                assertThat(response.statusCode()).as(each.getKey()).isEqualTo(401);
                assertThat(log.messages())
                        .anyMatch(line -> line.startsWith(expected + " refused GET [" + each.getKey() + "/x]")
                                && line.contains("organizationIdentifier=PSDDE-BAFIN-123456"));
            } else {
                assertThat(response.statusCode()).as(each.getKey()).isEqualTo(200);
                assertThat(response.body()).contains(expected);
            }
        }
    }

    private static Application application(String expected, Map<String, String> settings) {
        return new Application(settings, expected);
    }

    private static byte[] alternativeNames(String email, String userPrincipalName) throws IOException {
        ASN1Encodable upn = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
            new DERTaggedObject(true, 0, new DERUTF8String(userPrincipalName))
        });
        return new DERSequence(new ASN1Encodable[] {
                    new DERTaggedObject(false, 1, new DERIA5String(email)), new DERTaggedObject(false, 0, upn)
                })
                .getEncoded();
    }

    static Stream<Arguments> constraints() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                        Arguments.of(frontEnd, "minimumKeySize", "EC=384", "TK-122"),
                        Arguments.of(frontEnd, "allowedSignatureAlgorithms", "Ed25519", "TK-123"),
                        Arguments.of(frontEnd, "keyUsage", "digitalSignature", "TK-124"),
                        Arguments.of(frontEnd, "extendedKeyUsage", "clientAuth", "TK-125"),
                        Arguments.of(frontEnd, "certificatePolicies", "1.2.3", "TK-126"),
                        Arguments.of(frontEnd, "deny", "sha256:" + ALICE.sha256(), "TK-121"),
                        Arguments.of(frontEnd, "deny", "issuer='CN=Corp CA,O=Example' serial=171", "TK-121")));
    }

    @ParameterizedTest(name = "{0}: {1}={2}")
    @MethodSource("constraints")
    @DisplayName("each check has its own code in the log; the client gets the generic one")
    void refusesListedCertificate(FrontEnd frontEnd, String setting, String value, String code) throws Exception {
        Map<String, String> settings = Map.of("thumbprints", ALICE.sha256() + "," + MALLORY.sha256(), setting, value);
        app("/app", frontEnd, settings);
        Map<String, String> annotated = new HashMap<>(settings);
        annotated.put("mode", "annotate");
        app("/annotated", frontEnd, annotated);
        tomcat.start();

        HttpResponse<String> refused = client(ALICE).get(tomcat.https("/app/x"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"code\":\"TK-100\"").doesNotContain(code);
        assertThat(log.messages()).anyMatch(line -> line.startsWith(code + " refused GET [/app/x]"));
        HttpResponse<String> ignored = client(ALICE).get(tomcat.https("/annotated/x"));
        assertThat(ignored.statusCode()).isEqualTo(200);
        assertThat(ignored.body()).contains("user=null", "verdict=refused reason=" + code);
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("a denied certificate is refused at the next request after the reload, on the same connection")
    void deniesOnAnOpenConnection(FrontEnd frontEnd) throws Exception {
        Path denied = Files.createDirectory(folder.resolve("denied"));
        TestCertificate.named("CN=other").build().writePem(denied.resolve("other.pem"));
        app(
                "/app",
                frontEnd,
                Map.of(
                        "identities",
                        "public-key=sha256/" + ALICE.pin() + " roles=orders",
                        "deny",
                        denied.toString(),
                        "refreshInterval",
                        "1s"));
        tomcat.start();
        TlsClient alice = client(ALICE);
        assertThat(alice.get(tomcat.https("/app/x")).body()).contains("orders=true", "verdict=admitted");

        ALICE.writePem(denied.resolve("alice.pem"));

        Eventually.that(
                "alice is denied", () -> alice.get(tomcat.https("/app/x")).statusCode() == 401);
        Files.delete(denied.resolve("alice.pem"));
        Files.delete(denied.resolve("other.pem"));
    }

    private void app(String path, FrontEnd frontEnd, Map<String, String> settings) throws IOException {
        Context context = tomcat.addContext(path);
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
        frontEnd.guard(context, settings);
    }

    private static TlsClient client(@org.jspecify.annotations.Nullable TestCertificate certificate) {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        if (certificate == IMPOSTOR) {
            X509Certificate[] chain = {IMPOSTOR.certificate(), CA.certificate()};
            return builder.presentingChain(IMPOSTOR.privateKey(), chain).build();
        }
        return (certificate == null ? builder : builder.presenting(certificate)).build();
    }
}
