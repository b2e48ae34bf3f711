/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.source.Presented;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** Properties of every certificate and every damaged header. */
class HeaderPropertiesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final Set<X509Certificate> LISTED = Set.of(ALICE.certificate(), BOB.certificate());

    private static final List<ForwardedAs> FORMATS = List.of(ForwardedAs.values());
    private static final List<String> LETTERS =
            List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".split(""));
    private static final List<String> URI_TEXT = List.of("abc;,=\"%:/?# ".split(""));
    private static final List<String> HEADER_TEXT = List.of(
            ":",
            ",",
            ";",
            "=",
            "\"",
            "\\",
            "%",
            "%2",
            "%41",
            "%0A",
            " ",
            "\t",
            "\r",
            "\n",
            "\0",
            "-",
            "_",
            "(null)",
            "A",
            "MII",
            "+",
            "/",
            "Hash=",
            "Cert=",
            "Chain=",
            "Subject=",
            "URI=",
            "-----BEGIN CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            "-----BEGIN%20CERTIFICATE-----",
            "\u00e9",
            "\uFF21");
    private static final List<String> SMUGGLING = smuggling();

    @RandomCases
    void readsWhatTheProxyHasWritten(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            X509Certificate certificate = certificate(random);

            assertThat(find(as, as.encode(certificate))).isEqualTo(certificate);
        });
    }

    @RandomCases
    void neverReadsADamagedCertificateAsAnotherListedOne(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            StringBuilder value = new StringBuilder(as.encode(ALICE.certificate()));
            int at = random.between(0, value.length() - 1);
            value.setCharAt(at, (char) ((value.charAt(at) ^ random.oneByte()) & 0xFF));

            X509Certificate found = find(as, value.toString());
            assertThat(found == null || found.equals(ALICE.certificate()) || !LISTED.contains(found))
                    .isTrue();
        });
    }

    @RandomCases
    void neverReadsAShortenedHeaderAsAListedCertificate(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            String value = as.encode(ALICE.certificate());
            String shorter = value.substring(0, random.between(0, value.length() - 1));

            X509Certificate found = find(as, shorter);
            assertThat(found == null
                            || value.substring(shorter.length())
                                    .matches("(%0A|[ ;]|URI=|Subject=.*|\"CN=any\".*|Chain=.*)*"))
                    .isTrue();
        });
    }

    @RandomCases
    void neverThrows(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);

            assertThat(find(as, random.text(20, HEADER_TEXT))).isNull();
        });
    }

    @RandomCases
    void neverBelievesElementsInTheNamesOfAClient(RandomRun run) {
        run.each(random -> {
            String name = random.text(8, SMUGGLING);
            String mallory = "By=spiffe://app;Hash=" + MALLORY.sha256() + ";Cert=\""
                    + ForwardedAs.envoyPem(MALLORY.certificate()) + "\";Subject=\"CN=mallory\";URI=" + name;

            X509Certificate found = find(ForwardedAs.XFCC, mallory);
            assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
        });
    }

    @RandomCases
    void neverBelievesNamesThatComeFirst(RandomRun run) {
        run.each(random -> {
            String name = random.text(8, SMUGGLING);
            String mallory = "URI=" + name + ";Hash=" + MALLORY.sha256() + ";Cert=\""
                    + ForwardedAs.envoyPem(MALLORY.certificate()) + "\"";

            X509Certificate found = find(ForwardedAs.XFCC, mallory);
            assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
        });
    }

    private static X509Certificate certificate(RandomCase random) {
        return TestCertificate.named("CN=" + random.text(1, 60, LETTERS))
                .uri("x:" + random.text(60, URI_TEXT))
                .serial(random.positive(19))
                .key(BOB.keyPair())
                .build()
                .certificate();
    }

    private static List<String> smuggling() {
        String cert = "Cert=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        String chain = "Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        return List.of(
                ";",
                ",",
                "=",
                "\"",
                "\\",
                "\\\"",
                " ",
                "x",
                "URI=",
                "DNS=",
                "By=",
                "Subject=",
                "Hash=",
                "Hash=" + ALICE.sha256(),
                "hash=" + ALICE.sha256(),
                cert,
                chain,
                "Hash=" + MALLORY.sha256(),
                "Hash=" + ALICE.sha256() + ";" + cert,
                "," + "Hash=" + ALICE.sha256() + ";" + cert);
    }

    private static X509Certificate find(ForwardedAs as, String value) {
        return Presented.certificate(HeaderSourceTest.source(as)
                .find(FakeExchange.withoutCertificate().peer("10.0.0.1").header(as.header(), value)));
    }
}
