/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Envoy's field, as https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 * describes it.
 */
class XfccFormatTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=issuer").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private static String hash(TestCertificate certificate) {
        return "Hash=" + certificate.sha256();
    }

    private static String cert(TestCertificate certificate) {
        return "Cert=\"" + ForwardedAs.envoyPem(certificate.certificate()) + "\"";
    }

    private static String both(TestCertificate certificate) {
        return hash(certificate) + ";" + cert(certificate);
    }

    static Stream<String> read() {
        String alice = both(ALICE);
        return Stream.of(
                alice,
                cert(ALICE) + ";" + hash(ALICE),
                "By=http://frontend.lyft.com;" + alice
                        + ";Subject=\"/C=US/ST=CA/L=San Francisco/OU=Lyft/CN=Test Client\";URI=http://testclient.lyft.com",
                alice + ";Subject=\"\";URI=http://testclient.lyft.com;DNS=lyft.com;DNS=www.lyft.com",
                alice + ";By=a;By=b;URI=https://x.example/?a=b;URI=spiffe://b;URI=",
                alice.replace("Hash", "HASH").replace("Cert=", "cert="),
                hash(ALICE).toUpperCase(Locale.ROOT) + ";" + cert(ALICE),
                alice + ";Subject=\"O=Acme\\, Inc.,CN=alice\"",
                alice + ";Subject=\"CN=a \\\"quoted\\\" name;Hash=0,Cert=0\"",
                cert(ALICE).replace("\"", "") + ";" + hash(ALICE),
                alice + ";Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + ForwardedAs.envoyPem(CA.certificate())
                        + "\"",
                // Azure Container Apps leave the certificate itself out of the chain.
                alice + ";Chain=\"" + ForwardedAs.envoyPem(CA.certificate()) + "\"");
    }

    @ParameterizedTest
    @MethodSource("read")
    void readsWhatEnvoyWrites(String value) throws BadHeaderException {
        ForwardedClient.Certificate forwarded = read(1, value);

        assertThat(forwarded.leaf()).isEqualTo(ALICE.certificate());
        assertThat(forwarded.chain())
                .isEqualTo(new ForwardedClient.Chain.Parsed(
                        value.contains("Chain") ? List.of(CA.certificate()) : List.of()));
    }

    static Stream<String> smuggled() {
        String hash = hash(MALLORY);
        String mallory = both(MALLORY);
        return Stream.of(
                // The certificate of mallory has a URI that is not quoted; the proxy forwards hash and URI.
                hash + ";URI=x;" + cert(ALICE),
                hash + ";URI=x;" + hash(ALICE),
                hash + ";URI=x;" + both(ALICE),
                hash + ";URI=x," + both(ALICE),
                hash + ";DNS=x," + both(ALICE) + ";DNS=y",
                // The proxy forwards hash, certificate and URI.
                mallory + ";URI=x;" + cert(ALICE),
                mallory + ";URI=x;" + hash(ALICE),
                mallory + ";URI=x;" + both(ALICE),
                mallory + ";URI=x," + both(ALICE),
                mallory + ";URI=x;Subject=\"CN=alice\";Subject=\"CN=mallory\"",
                mallory + ";URI=x;Chain=\"a\";Chain=\"b\"",
                // The names come first.
                "URI=x;" + both(ALICE) + ";" + mallory,
                "URI=x," + both(ALICE) + "," + mallory,
                "DNS=x;" + cert(ALICE) + ";" + hash);
    }

    @ParameterizedTest
    @MethodSource("smuggled")
    @DisplayName("Envoy #32945: names that are not quoted smuggle pairs and elements in; none of them is believed")
    void refusesSmuggledPairsAndElements(String value) {
        assertBad(1, value);
        assertBad(2, value + "," + value);
    }

    @Test
    @DisplayName("row 114, Envoy #6038: the client's own element next to the proxy's: two elements are refused")
    void refusesTwoElements() {
        assertBad(1, both(ALICE) + "," + both(MALLORY));
        assertBad(1, both(MALLORY) + ", " + both(ALICE));
        assertBad(1, both(ALICE) + "," + both(ALICE));
    }

    @Test
    @DisplayName("row 114: with proxyHops=n there must be exactly n elements, and the first is the client's")
    void takesTheFirstElementIfTheirNumberIsProxyHops() throws BadHeaderException {
        String two = both(ALICE) + "," + both(MALLORY);

        assertThat(certificate(read(2, two))).isEqualTo(ALICE.certificate());
        assertThat(certificate(read(2, both(ALICE) + ", By=x;URI=y"))).isEqualTo(ALICE.certificate());
        assertThat(certificate(read(3, two + "," + hash(MALLORY)))).isEqualTo(ALICE.certificate());
        assertBad(2, both(ALICE));
        assertBad(3, two);
        // A smuggled comma makes one more.
        assertBad(2, hash(MALLORY) + ";URI=x," + two);
        assertBad(2, two + ";URI=x," + both(ALICE));
    }

    @Test
    @DisplayName("a duplicate in any element is refused, not only in the client's")
    void refusesADuplicateInLaterElements() {
        assertBad(2, both(ALICE) + "," + both(MALLORY) + ";" + hash(ALICE));
    }

    @Test
    void refusesHashOrCertAlone() {
        assertBad(1, hash(ALICE));
        assertBad(1, cert(ALICE));
        assertBad(1, "By=x;URI=y");
        assertBad(1, "Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"");
        assertBad(1, hash(ALICE) + ";Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hash=",
                "Hash=abc",
                "Hash=\"\"",
                "Hash=zz",
                "Subject=\"CN=a\\\\\"",
                "Subject=\"CN=a\\\\\\\";X=\"",
                "Subject=\"a\"b",
                "Subject=\"a",
                "Subject=\"a\\\"",
                "Subject=a b",
                "URI=a\"b",
                "Unknown=1",
                "=1",
                "x",
                "",
                " =",
                "Subject =\"a\"",
                "URI=a\tb",
                "URI=a;",
                "URI=a;;DNS=b",
                ";URI=a",
                ",URI=a",
                "URI=a,"
            })
    void refusesMalformedPairs(String pair) {
        assertBad(1, both(ALICE) + ";" + pair);
        assertBad(1, pair + ";" + both(ALICE));
        assertBad(2, both(ALICE) + "," + pair);
    }

    @Test
    void refusesAHashThatIsNotThatOfTheCertificate() {
        assertBad(1, hash(MALLORY) + ";" + cert(ALICE));
        assertBad(1, "Hash=" + ALICE.sha1() + ";" + cert(ALICE));
        assertBad(1, "Hash=" + ALICE.sha256() + "00;" + cert(ALICE));
        assertBad(1, "Hash=\uFF10" + ALICE.sha256().substring(1) + ";" + cert(ALICE));
    }

    @Test
    void refusesACertificateThatIsMoreThanOne() {
        String two = ForwardedAs.envoyPem(ALICE.certificate()) + ForwardedAs.envoyPem(CA.certificate());

        assertBad(1, hash(ALICE) + ";Cert=\"" + two + "\"");
        assertBad(1, both(ALICE) + ";Chain=\"x\"");
    }

    @Test
    @DisplayName("with xfccHashOnly a hash is enough if there is no certificate, and only then")
    void takesAHashAloneIfConfigured() throws BadHeaderException {
        XfccFormat format = new XfccFormat(1, true);
        ForwardedClient claim = format.read(new ForwardedFields("By=x;" + hash(ALICE) + ";URI=y", ""));

        assertThat(((ForwardedClient.Hash) claim).thumbprint()).hasToString("sha256:" + ALICE.sha256());
        assertThat(certificate(format.read(new ForwardedFields(both(ALICE), ""))))
                .isEqualTo(ALICE.certificate());
        for (String bad : new String[] {
            hash(MALLORY) + ";URI=x;" + hash(ALICE),
            hash(MALLORY) + ";URI=x," + hash(ALICE),
            hash(MALLORY) + ";URI=x;" + cert(ALICE),
            cert(ALICE),
            "By=x",
            hash(ALICE) + "," + hash(ALICE)
        }) {
            assertThatThrownBy(() -> format.read(new ForwardedFields(bad, ""))).isInstanceOf(BadHeaderException.class);
        }
    }

    private static ForwardedClient.Certificate read(int hops, String value) throws BadHeaderException {
        return (ForwardedClient.Certificate) new XfccFormat(hops, false).read(new ForwardedFields(value, ""));
    }

    private static X509Certificate certificate(ForwardedClient client) {
        return ((ForwardedClient.Certificate) client).leaf();
    }

    private static void assertBad(int hops, String value) {
        assertThatThrownBy(() -> read(hops, value))
                .as(value.length() > 100 ? value.substring(0, 100) : value)
                .isInstanceOf(BadHeaderException.class);
    }
}
