/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pastes what OpenSSL prints of generated names into settings, and decides on the certificates with these names. */
@NeedsProgram
@Slow
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSslSubjectsTest {

    private static final int CERTIFICATES = 200;
    private static final long SEED = 20260101;

    /** Pilot attribute 44 is missing: OpenSSL prints it as {@code uid}, which in RFC 4519 is attribute 1. */
    private static final List<Integer> PILOT = List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 37, 38, 39,
            40, 41, 42, 43, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56);

    private static final List<String> PARTS = List.of(
            ",", "+", "\"", "\\", "<", ">", ";", "=", "#", " ", "'", "/", "$", "%", "*", "@", "a", "B", "7", ".", "-",
            "CN=", "\\2C");

    private static final List<String> MORE_PARTS =
            List.of("\u00E9", "\u00DF", "\u20AC", "\u0416", "\u05D0", "\u4E2D", "\u200B", "\u202E", "\u00A0", "\uFEFF");

    private final Random random = new Random(SEED);
    private final List<TestCertificate> clients = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final TestCertificate authority =
            TestCertificate.named("CN=Root,O=Example").ca().build();

    private Path folder = Path.of("");
    private Path trustStore = Path.of("");

    @BeforeAll
    void makeCertificates(@TempDir Path temporary) throws Exception {
        folder = temporary;
        trustStore = Files.writeString(folder.resolve("root.pem"), authority.pem());
        List<String> oids = new ArrayList<>(oids());
        Collections.shuffle(oids, random);
        Path file = folder.resolve("client.pem");
        for (int i = 0; i < CERTIFICATES; i++) {
            TestCertificate client = TestCertificate.named(name(i, oids.get(i % oids.size())))
                    .key(authority.keyPair())
                    .issuedBy(authority)
                    .build();
            client.writePem(file);
            clients.add(client);
            printed.add(subject(file));
        }
    }

    @Test
    @DisplayName("subject= takes what OpenSSL prints and admits that certificate, by this rule and no other")
    void admits() throws Exception {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            rules.add("subject=\"" + printed.get(i) + "\" roles=r" + i);
        }
        Gate gate = open(Map.of("identities", String.join("\n", rules), "principal", "subject"));

        List<String> principals = new ArrayList<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            Verdict verdict = decide(gate, clients.get(i));
            assertThat(verdict).as(printed.get(i)).isInstanceOf(Verdict.Admitted.class);
            Verdict.Admitted admitted = (Verdict.Admitted) verdict;
            assertThat(admitted.identity().roles()).as(printed.get(i)).isEqualTo(Set.of("r" + i));
            principals.add(String.valueOf(admitted.identity().name()));
        }
        assertThat(principals).doesNotHaveDuplicates().noneMatch(name -> name.matches(".*\\p{Cf}.*"));
    }

    @Test
    @DisplayName("the name that principal=subject gives is taken by subject= too")
    void takesItsOwnPrincipals() throws Exception {
        Gate all = open(Map.of("identities", "issuer-subject='CN=Root,O=Example'", "principal", "subject"));
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            Verdict.Admitted admitted = (Verdict.Admitted) decide(all, clients.get(i));
            rules.add("subject=\"" + admitted.identity().name() + "\" roles=r" + i);
        }

        // Without invisible characters, which are written as hex digits, every name can be pasted.
        Gate gate = open(Map.of("identities", String.join("\n", rules)));

        for (int i = 0; i < CERTIFICATES; i++) {
            Verdict verdict = decide(gate, clients.get(i));
            assertThat(verdict).as(rules.get(i)).isInstanceOf(Verdict.Admitted.class);
            assertThat(((Verdict.Admitted) verdict).identity().roles()).isEqualTo(Set.of("r" + i));
        }
    }

    @Test
    @DisplayName("issuer-subject= and deny issuer= take what OpenSSL prints")
    void takesIssuers() throws Exception {
        for (int i = 0; i < CERTIFICATES; i += 20) {
            TestCertificate issuer = TestCertificate.named(name(i, oids().get(i % oids().size())))
                    .ca()
                    .build();
            TestCertificate client =
                    TestCertificate.named("CN=alice").issuedBy(issuer).build();
            Path file = Files.writeString(folder.resolve("issuer.pem"), issuer.pem());
            String name = subject(file);

            Map<String, String> settings = new HashMap<>(
                    Map.of("identities", "issuer-subject=\"" + name + "\"", "trustStore", file.toString()));
            assertThat(decide(open(settings), client)).as(name).isInstanceOf(Verdict.Admitted.class);
            settings.put(
                    "deny",
                    "issuer=\"" + name + "\" serial=" + client.certificate().getSerialNumber());
            assertThat(decide(open(settings), client))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.DENIED));
        }
    }

    private Gate open(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put("validateTrust", "true");
        settings.putIfAbsent("trustStore", trustStore.toString());
        return Settings.parse(settings, new FakeResources()).open(new Counters(), InstantSource.system());
    }

    private static Verdict decide(Gate gate, TestCertificate client) {
        return gate.decide(FakeExchange.of(client.certificate()));
    }

    private static String subject(Path file) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        OutsideProgram.OPENSSL.path(),
                        "x509",
                        "-noout",
                        "-subject",
                        "-nameopt",
                        "RFC2253",
                        "-in",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String line = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).stripLeading();
        assertThat(openssl.waitFor()).as(line).isZero();
        assertThat(line).startsWith("subject=").endsWith("\n");
        return line.substring("subject=".length(), line.length() - 1);
    }

    /** Returns every type of attribute that OpenSSL has a name for and that a name may have, and others. */
    private static List<String> oids() {
        List<String> oids = new ArrayList<>(List.of(
                "2.5.4.65",
                "2.5.4.72",
                "2.5.4.97",
                "2.5.4.98",
                "2.5.4.99",
                "2.5.4.100",
                "1.2.840.113549.1.9.20",
                "1.2.840.113549.1.9.21",
                "1.3.6.1.4.1.311.20.2.3",
                "1.2.643.3.131.1.1",
                "1.2.643.100.1",
                "1.2.643.100.3",
                "1.2.643.100.5",
                "1.3.6.1.4.1.99999.1",
                "2.16.840.1.99999.7",
                "2.25.340282366920938463463374607431768211455"));
        for (int i = 3; i <= 54; i++) {
            oids.add("2.5.4." + i);
        }
        PILOT.forEach(last -> oids.add("0.9.2342.19200300.100.1." + last));
        for (int i = 1; i <= 9; i++) {
            oids.add("1.2.840.113549.1.9." + i);
        }
        for (int i = 1; i <= 5; i++) {
            oids.add("1.3.6.1.5.5.7.9." + i);
        }
        for (int i = 1; i <= 3; i++) {
            oids.add("1.3.6.1.4.1.311.60.2.1." + i);
        }
        return oids;
    }

    /** Returns a name in a form that leaves the JDK no choice of types; the number makes it unique. */
    private String name(int number, String oid) {
        List<String> relativeNames = new ArrayList<>();
        relativeNames.add("2.5.4.5=" + hex(new DERPrintableString("c" + number)));
        relativeNames.add(oid + "=" + hex(value()) + (random.nextInt(3) == 0 ? "+2.5.4.3=" + hex(text()) : ""));
        for (int i = random.nextInt(4); i > 0; i--) {
            String other = oids().get(random.nextInt(oids().size()));
            relativeNames.add(other + "=" + hex(text()));
        }
        Collections.shuffle(relativeNames, random);
        return String.join(",", relativeNames);
    }

    /** OpenSSL does not read a certificate with a value of another type, such as INTEGER, VisibleString and GeneralizedTime. */
    private ASN1Encodable value() {
        return switch (random.nextInt(6)) {
            case 0 -> new DERBitString(new byte[] {1, 2});
            case 1 -> new DERSequence(new ASN1Encodable[] {new DERUTF8String("Main St. 1"), new DERUTF8String("Town")});
            default -> text();
        };
    }

    private ASN1Encodable text() {
        String ascii = parts(PARTS) + "x" + parts(PARTS);
        List<String> all = new ArrayList<>(PARTS);
        all.addAll(MORE_PARTS);
        String wide = parts(all) + "\u00FC" + parts(all);
        return switch (random.nextInt(8)) {
            case 0 -> new DERPrintableString(ascii);
            case 1 -> new DERIA5String(ascii);
            case 2 -> new DERBMPString(wide);
            case 3 -> new DERT61String(ascii + "\u00E9");
            case 4 -> new DERUniversalString((wide + "\uD83D\uDE00").getBytes(Charset.forName("UTF-32BE")));
            case 5 -> new DERNumericString(" 12 34 ");
            case 6 -> new DERUTF8String("  " + wide + "\uD83D\uDE00  ");
            default -> new DERUTF8String(wide);
        };
    }

    private String parts(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static String hex(ASN1Encodable value) {
        try {
            return "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
