/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import static io.github.thumbkeeper.source.Presented.certificate;
import static io.github.thumbkeeper.source.Presented.others;
import static io.github.thumbkeeper.source.Presented.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The certificates that each format reads, and the values that it refuses. */
class HeaderFormatTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=issuer").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final X509Certificate LEAF = ALICE.certificate();

    private static String base64() {
        return ForwardedAs.base64(LEAF);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 120: DER with bytes after it is refused")
    void refusesDerWithBytesAfterIt(ForwardedAs as) {
        byte[] der = ALICE.der();
        for (byte[] tail : new byte[][] {{0}, {0, 0, 0}, BOB.der()}) {
            byte[] longer = Arrays.copyOf(der, der.length + tail.length);
            System.arraycopy(tail, 0, longer, der.length, tail.length);
            String base64 = Base64.getEncoder().encodeToString(longer);
            assertMalformed(as, inPlaceOfTheCertificate(as, base64));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesDerThatIsCutOff(ForwardedAs as) {
        for (int length : new int[] {0, 1, 2, 100, ALICE.der().length - 1}) {
            byte[] shorter = Arrays.copyOf(ALICE.der(), length);
            assertMalformed(as, inPlaceOfTheCertificate(as, Base64.getEncoder().encodeToString(shorter)));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 121: a private key is refused, in PEM and in DER")
    void refusesAPrivateKey(ForwardedAs as) {
        String der = Base64.getEncoder().encodeToString(ALICE.privateKey().getEncoded());
        String pem = as.encode(LEAF)
                .replace("CERTIFICATE", "PRIVATE KEY")
                .replace("PRIVATE KEY", as == ForwardedAs.APACHE ? "PRIVATE KEY" : "PRIVATE%20KEY");

        assertMalformed(as, inPlaceOfTheCertificate(as, der));
        if (!pem.equals(as.encode(LEAF))) {
            assertMalformed(as, pem);
        }
        assertMalformed(as, ALICE.privateKeyPem().replace('\n', ' '));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 118: URL-safe base64, missing padding, blanks, tabs and line breaks inside are refused")
    void refusesOtherSpellingsOfBase64(ForwardedAs as) {
        String base64 = base64();
        TestCertificate padded = withPadding();
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(padded.der());
        assertThat(unpadded.length() % 4).isNotZero();

        assertMalformed(as, inPlaceOfTheCertificate(as, base64.replace('+', '-').replace('/', '_')));
        if (as == ForwardedAs.RFC9440) {
            // RFC 8941 section 4.2.7
            assertReads(as, inPlaceOfTheCertificate(as, unpadded), padded.certificate());
        } else {
            assertMalformed(as, inPlaceOfTheCertificate(as, unpadded));
        }
        assertMalformed(as, inPlaceOfTheCertificate(as, unpadded + "==="));
        assertMalformed(as, inPlaceOfTheCertificate(as, base64 + "AAAA===="));
        assertMalformed(as, inPlaceOfTheCertificate(as, base64.substring(0, 40) + "=" + base64.substring(41)));
        if (!isPem(as)) {
            for (String blank : new String[] {" ", "\t", "\r\n ", "%0A", "\u00a0"}) {
                assertMalformed(
                        as, inPlaceOfTheCertificate(as, base64.substring(0, 64) + blank + base64.substring(64)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 118: spare bits of the last character must be zero: one certificate, one spelling")
    void refusesSpareBits(ForwardedAs as) {
        TestCertificate padded = withPadding();
        String base64 = ForwardedAs.base64(padded.certificate());
        int last = base64.indexOf('=') - 1;
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char other = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) + 1);

        assertMalformed(
                as, inPlaceOfTheCertificate(as, base64.substring(0, last) + other + base64.substring(last + 1)));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 124: control characters and all characters outside of ASCII are refused")
    void refusesCharactersThatAreNotPrintable(ForwardedAs as) {
        String value = as.encode(LEAF);
        for (String bad : new String[] {"\0", "\r", "\n", "\u0001", "\u007f", "\u0080", "\u00e9", "\u200e", "\uFF21"}) {
            assertMalformed(as, value + bad + "x");
            assertMalformed(as, bad + value);
            assertMalformed(as, value.substring(0, 50) + bad + value.substring(51));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "AWS_ALB", "XFCC", "TRAEFIK"})
    @DisplayName("row 117: a % without two hex digits is refused, and so is a value that was encoded twice")
    void refusesBadPercentEncoding(ForwardedAs as) {
        String value = as.encode(LEAF);
        for (String bad : new String[] {"%", "%4", "%4x", "%x4", "%%", "%+4", "% 4", "%\uFF14\uFF11"}) {
            assertMalformed(as, inPlaceOfTheCertificate(as, base64().substring(0, 64) + bad + base64().substring(64)));
        }
        if (as != ForwardedAs.XFCC) {
            assertMalformed(as, value + "%");
            assertMalformed(as, value + "%4");
        }
        if (as != ForwardedAs.TRAEFIK) {
            assertMalformed(as, value.replace("%", "%25"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "AWS_ALB", "XFCC"})
    @DisplayName("row 117: a + is a plus and never a blank")
    void keepsAPlus(ForwardedAs as) {
        assertMalformed(as, as.encode(LEAF).replace("%20", "+"));
        assertReads(as, as.encode(LEAF).replace("%2B", "+").replace("%2F", "/").replace("%3D", "="), LEAF);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "AWS_ALB", "XFCC", "APACHE"})
    void refusesTextAroundPemAndOtherTypes(ForwardedAs as) {
        String value = as.encode(LEAF);
        String blank = as == ForwardedAs.APACHE ? " " : "%20";
        for (String type : new String[] {
            "TRUSTED CERTIFICATE", "X509 CERTIFICATE", "CERTIFICATE REQUEST", "X509 CRL", "PKCS7", "certificate"
        }) {
            assertMalformed(as, value.replace("CERTIFICATE", type.replace(" ", blank)));
        }
        if (as != ForwardedAs.XFCC) {
            assertMalformed(as, "x" + value);
            assertMalformed(as, value + "x");
        }
        assertMalformed(as, value.replace("-----END", "-----FIN"));
        assertMalformed(as, value.replace("-----BEGIN", "----BEGIN"));
        assertMalformed(as, value.replace("-----END", "x-----END"));
    }

    @ParameterizedTest
    @EnumSource(names = {"RFC9440", "NGINX", "APACHE", "HAPROXY", "AZURE"})
    @DisplayName("row 119: two certificates where one is expected are refused")
    void refusesTwoCertificatesWhereOneIsExpected(ForwardedAs as) {
        assertMalformed(as, as.encode(LEAF) + as.encode(BOB.certificate()));
        assertMalformed(as, as.encode(LEAF) + "," + as.encode(BOB.certificate()));
        assertMalformed(as, as.encode(LEAF) + as.encode(LEAF));
    }

    @ParameterizedTest
    @MethodSource("wrongFormats")
    void refusesEveryOtherFormat(ForwardedAs expected, ForwardedAs sent) {
        assertMalformed(expected, sent.encode(LEAF));
    }

    static Stream<Arguments> wrongFormats() {
        List<ForwardedAs> bare = List.of(ForwardedAs.HAPROXY, ForwardedAs.AZURE, ForwardedAs.TRAEFIK);
        List<ForwardedAs> escaped = List.of(ForwardedAs.NGINX, ForwardedAs.AWS_ALB);
        return Stream.of(ForwardedAs.values())
                .flatMap(expected -> Stream.of(ForwardedAs.values())
                        .filter(sent -> sent != expected)
                        .filter(sent -> !(bare.contains(expected) && bare.contains(sent)))
                        .filter(sent -> !(escaped.contains(expected) && escaped.contains(sent)))
                        .map(sent -> Arguments.of(expected, sent)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesRubbish(ForwardedAs as) {
        for (String rubbish :
                new String[] {"x", "=", ",", ";", ":", "::", ":::", "\"", "%41", "null", "none", "MII", "true"}) {
            assertMalformed(as, rubbish);
        }
    }

    // ---- RFC 9440 ----

    @Test
    @DisplayName("RFC 9440 section 2.2 and RFC 8941 section 3.3.5: one item, a byte sequence, no parameters")
    void refusesOtherValuesThanAnItem() {
        for (String bad : new String[] {
            base64(),
            ":" + base64(),
            base64() + ":",
            "::",
            ":" + base64() + ":;a=1",
            "\"" + base64() + "\"",
            "(:" + base64() + ":)",
            ":" + base64() + ":, :" + base64() + ":",
            ":: " + base64() + "::"
        }) {
            assertMalformed(ForwardedAs.RFC9440, bad);
        }
    }

    @Test
    @DisplayName("RFC 9440 section 2.3: the rest of the chain is a list, which may have several lines")
    void readsTheChainOfRfc9440() {
        String alice = ForwardedAs.RFC9440.encode(LEAF);
        String issuer = ForwardedAs.RFC9440.encode(CA.certificate());
        String bob = ForwardedAs.RFC9440.encode(BOB.certificate());

        for (String[] lines : new String[][] {{issuer + "," + bob}, {issuer + " ,\t" + bob}, {issuer, bob}}) {
            PresentedCertificate presented = HeaderSourceTest.source(ForwardedAs.RFC9440)
                    .find(proxy("Client-Cert", alice).header("Client-Cert-Chain", lines));
            assertThat(certificate(presented)).isEqualTo(LEAF);
            assertThat(others(presented)).containsExactly(CA.certificate(), BOB.certificate());
        }
    }

    @Test
    @DisplayName("RFC 9440 section 2.3: Client-Cert-Chain without Client-Cert is refused, and a bad member too")
    void refusesAChainWithoutCertificate() {
        HeaderSource source = HeaderSourceTest.source(ForwardedAs.RFC9440);
        String alice = ForwardedAs.RFC9440.encode(LEAF);

        assertThat(reason(source.find(
                        FakeExchange.withoutCertificate().peer("10.0.0.1").header("Client-Cert-Chain", alice))))
                .isEqualTo(Reason.HEADER_MALFORMED);
        for (String bad : new String[] {"x", alice + ",", "," + alice, alice + ",,", alice + " " + alice, base64()}) {
            assertThat(reason(source.find(proxy("Client-Cert", alice).header("Client-Cert-Chain", bad))))
                    .isEqualTo(Reason.HEADER_MALFORMED);
        }
        assertThat(certificate(source.find(proxy("Client-Cert", alice).header("Client-Cert-Chain", ""))))
                .isEqualTo(LEAF);
    }

    // ---- Apache httpd, old nginx ----

    @Test
    @DisplayName("Apache httpd writes blanks instead of line feeds, nginx before 1.13.5 ($ssl_client_cert) tabs")
    void readsPemWhoseLineBreaksBecameBlanks() {
        String pem = ForwardedAs.pem(LEAF);

        assertReads(ForwardedAs.APACHE, pem.replace('\n', ' '), LEAF);
        assertReads(ForwardedAs.APACHE, pem.replace('\n', ' ').strip(), LEAF);
        assertReads(ForwardedAs.APACHE, pem.replace("\n", "\t"), LEAF);
        assertReads(ForwardedAs.APACHE, pem.replace("\n", "  \t "), LEAF);
        assertReads(ForwardedAs.APACHE, pem.replace("\n", ""), LEAF);
    }

    // ---- Traefik ----

    @Test
    @DisplayName(
            "https://doc.traefik.io/traefik/middlewares/http/passtlsclientcert/ \"pem\": PEM without delimiters and"
                    + " line breaks; several certificates are separated by commas, the leaf first")
    void readsWhatTraefikWrites() {
        assertReads(ForwardedAs.TRAEFIK, base64(), LEAF);
        assertThat(others(find(ForwardedAs.TRAEFIK, ForwardedAs.TRAEFIK.encode(LEAF, CA.certificate()))))
                .containsExactly(CA.certificate());
    }

    @Test
    @DisplayName("https://doc.traefik.io/traefik/v2.2/middlewares/passtlsclientcert/ \"pass the escaped pem\": each"
            + " certificate besides escaped as a query")
    void readsWhatOlderTraefikWrote() {
        String escaped = URLEncoder.encode(base64(), StandardCharsets.UTF_8);
        String issuer = URLEncoder.encode(ForwardedAs.base64(CA.certificate()), StandardCharsets.UTF_8);

        assertReads(ForwardedAs.TRAEFIK, escaped, LEAF);
        assertThat(others(find(ForwardedAs.TRAEFIK, escaped + "," + issuer))).containsExactly(CA.certificate());
    }

    @Test
    void refusesAnEmptyMemberOfTraefik() {
        assertMalformed(ForwardedAs.TRAEFIK, base64() + ",");
        assertMalformed(ForwardedAs.TRAEFIK, "," + base64());
        assertMalformed(ForwardedAs.TRAEFIK, base64() + ",," + base64());
        assertMalformed(ForwardedAs.TRAEFIK, base64() + ", " + base64());
        assertMalformed(ForwardedAs.TRAEFIK, base64() + ",x");
    }

    // ---- AWS ----

    @Test
    @DisplayName("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html:"
            + " X-Amzn-Mtls-Clientcert-Leaf is \"URL-encoded PEM format of the leaf certificate, with +=/ as safe"
            + " characters\"; 1000 certificates, none refused")
    void readsTheLeafOfAws() {
        for (int i = 0; i < 1000; i++) {
            X509Certificate some = i % 50 == 0
                    ? TestCertificate.named("CN=" + i).ec().build().certificate()
                    : TestCertificate.named("CN=" + i)
                            .key(BOB.keyPair())
                            .build()
                            .certificate();
            assertReads(ForwardedAs.AWS_ALB, ForwardedAs.AWS_ALB.encode(some), some);
        }
    }

    @Test
    @DisplayName("same page: X-Amzn-Mtls-Clientcert is the entire chain; the leaf field holds one certificate")
    void readsTheChainOfAwsUnderItsOwnNameOnly() {
        String both = ForwardedAs.AWS_ALB.encode(LEAF, CA.certificate());
        HeaderSource passthrough = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.AWS_ALB,
                        "X-Amzn-Mtls-Clientcert",
                        1,
                        false,
                        ProxyVerification.NOT_REQUIRED,
                        true,
                        true),
                new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8", false)), null));

        PresentedCertificate presented = passthrough.find(proxy("X-Amzn-Mtls-Clientcert", both));
        assertThat(certificate(presented)).isEqualTo(LEAF);
        assertThat(others(presented)).containsExactly(CA.certificate());
        assertMalformed(ForwardedAs.AWS_ALB, both);
    }

    // ---- Azure ----

    @Test
    @DisplayName("https://learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth: \"a base64"
            + " encoded value in the X-ARR-ClientCert request header\"")
    void readsWhatAzureWrites() {
        assertReads(ForwardedAs.AZURE, Base64.getEncoder().encodeToString(ALICE.der()), LEAF);
    }

    /** A certificate whose base64 ends in padding. */
    private static TestCertificate withPadding() {
        for (int i = 0; ; i++) {
            TestCertificate some = TestCertificate.named("CN=" + "p".repeat(i + 1))
                    .key(BOB.keyPair())
                    .build();
            if (some.der().length % 3 != 0) {
                return some;
            }
        }
    }

    private static boolean isPem(ForwardedAs as) {
        return as == ForwardedAs.NGINX
                || as == ForwardedAs.APACHE
                || as == ForwardedAs.AWS_ALB
                || as == ForwardedAs.XFCC;
    }

    /** Writes what would be a certificate's base64 as the proxy would, with a hash of alice where there is one. */
    static String inPlaceOfTheCertificate(ForwardedAs as, String base64) {
        String pem = "-----BEGIN CERTIFICATE----- " + base64 + " -----END CERTIFICATE-----";
        return switch (as) {
            case RFC9440 -> ":" + base64 + ":";
            case NGINX, AWS_ALB ->
                pem.replace(" ", "%0A").replace("BEGIN%0A", "BEGIN%20").replace("END%0A", "END%20");
            case APACHE -> pem;
            case HAPROXY, AZURE, TRAEFIK -> base64;
            case XFCC ->
                "Hash=" + ForwardedAs.sha256(LEAF) + ";Cert=\""
                        + pem.replace(" ", "%0A")
                                .replace("BEGIN%0A", "BEGIN%20")
                                .replace("END%0A", "END%20") + "\"";
        };
    }

    static void assertMalformed(ForwardedAs as, String value) {
        PresentedCertificate presented = find(as, value);
        Reason expected = FieldText.isNothing(FieldText.trim(value)) ? Reason.NO_CERTIFICATE : Reason.HEADER_MALFORMED;
        String shown = value.length() > 60 ? value.substring(0, 60) : value;
        assertThat(reason(presented)).as(as + " " + shown).isEqualTo(expected);
        assertThat(certificate(presented)).isNull();
    }

    private static void assertReads(ForwardedAs as, String value, X509Certificate expected) {
        assertThat(certificate(find(as, value))).isEqualTo(expected);
    }

    static PresentedCertificate find(ForwardedAs as, String value) {
        return HeaderSourceTest.source(as).find(proxy(as.header(), value));
    }

    private static FakeExchange proxy(String header, String value) {
        return FakeExchange.withoutCertificate().peer("10.0.0.1").header(header, value);
    }
}
