/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import static io.github.thumbkeeper.source.Presented.certificate;
import static io.github.thumbkeeper.source.Presented.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSourceTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String PROXY = "10.0.0.7";

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 125: only the header of a trusted proxy counts, not the proxy's own certificate")
    void takesTheForwardedCertificateOfATrustedProxy(ForwardedAs as) {
        FakeExchange exchange =
                FakeExchange.of(BOB.certificate()).peer(PROXY).header(as.header(), as.encode(ALICE.certificate()));

        PresentedCertificate presented = source(as).find(exchange);

        assertThat(certificate(presented)).isEqualTo(ALICE.certificate());
        assertThat(presented.headerIgnored()).isFalse();
        assertThat(exchange.shown()).containsExactly(ALICE.certificate());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 112: the header of any other peer is ignored, and reported")
    void ignoresTheHeaderOfAnyOtherPeer(ForwardedAs as) {
        FakeExchange bob =
                FakeExchange.of(BOB.certificate()).peer("10.0.1.7").header(as.header(), as.encode(ALICE.certificate()));
        FakeExchange anonymous =
                FakeExchange.withoutCertificate().peer("10.0.1.7").header(as.header(), as.encode(ALICE.certificate()));

        assertThat(certificate(source(as).find(bob))).isEqualTo(BOB.certificate());
        assertThat(source(as).find(bob).headerIgnored()).isTrue();
        assertThat(reason(source(as).find(anonymous))).isEqualTo(Reason.NO_CERTIFICATE);
        assertThat(source(as).find(anonymous).headerIgnored()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROXY, "10.0.1.7"})
    @DisplayName(
            "an inner gate finds no second client: the certificate that the outer gate took from a header is the client's")
    void takesTheCertificateOfTheOuterGate(String peer) {
        FakeExchange exchange = FakeExchange.of(BOB.certificate())
                .forwarded()
                .peer(peer)
                .header("X-SSL-Client-Cert", ForwardedAs.NGINX.encode(ALICE.certificate()));

        PresentedCertificate presented = source(ForwardedAs.NGINX).find(exchange);

        assertThat(certificate(presented)).isEqualTo(BOB.certificate());
        assertThat(presented.headerIgnored()).isFalse();
    }

    @Test
    void readsTheHeaderWhereAnOuterGateTookNothing() {
        FakeExchange exchange = FakeExchange.withoutCertificate()
                .forwarded()
                .peer(PROXY)
                .header("X-SSL-Client-Cert", ForwardedAs.NGINX.encode(ALICE.certificate()));

        assertThat(certificate(source(ForwardedAs.NGINX).find(exchange))).isEqualTo(ALICE.certificate());
    }

    @Test
    @DisplayName("after a request that passes without a decision, inner gates find no certificate of the proxy")
    void disownsTheCertificateOfATrustedProxy() {
        FakeExchange proxy = FakeExchange.of(BOB.certificate()).peer(PROXY);
        FakeExchange other = FakeExchange.of(BOB.certificate()).peer("10.0.1.7");
        FakeExchange known = FakeExchange.of(BOB.certificate()).peer(PROXY).forwarded();
        for (FakeExchange exchange : List.of(proxy, other, known)) {
            exchange.showCertificates(new X509Certificate[] {ALICE.certificate()});
            source(ForwardedAs.NGINX).disown(exchange);
        }

        assertThat(proxy.shown()).isEmpty();
        assertThat(other.shown()).hasSize(1);
        assertThat(known.shown()).hasSize(1);
    }

    @Test
    @DisplayName("if trust in the peer cannot be decided, inner gates find no certificate")
    void disownsTheCertificateIfTrustCannotBeDecided() {
        FakeExchange exchange = FakeExchange.of(BOB.certificate()).peer(() -> {
            throw new IllegalStateException();
        });
        exchange.showCertificates(new X509Certificate[] {ALICE.certificate()});

        assertThatThrownBy(() -> source(ForwardedAs.NGINX).find(exchange)).isInstanceOf(IllegalStateException.class);
        assertThat(exchange.shown()).isEmpty();
    }

    @Test
    void takesTheCertificateOfTheConnectionIfThePeerIsNotAProxy() {
        PresentedCertificate presented = source(ForwardedAs.NGINX)
                .find(FakeExchange.of(BOB.certificate()).peer("10.0.1.7"));

        assertThat(certificate(presented)).isEqualTo(BOB.certificate());
        assertThat(presented.headerIgnored()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a trusted proxy without the header forwards no certificate, and its own is not used")
    void neverTakesTheProxysOwnCertificate(ForwardedAs as) {
        FakeExchange exchange = FakeExchange.of(ALICE.certificate()).peer(PROXY);

        assertThat(reason(source(as).find(exchange))).isEqualTo(Reason.NO_CERTIFICATE);
        assertThat(exchange.shown()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("nothings")
    @DisplayName("row 115: an empty value, (null) and - mean that there is no certificate")
    void readsEmptyValuesAsNoCertificate(ForwardedAs as, String nothing) {
        assertThat(reason(source(as).find(from(PROXY, as, nothing)))).isEqualTo(Reason.NO_CERTIFICATE);
    }

    static Stream<Arguments> nothings() {
        return Stream.of(ForwardedAs.values())
                .flatMap(as ->
                        Stream.of("", " ", "\t ", "(null)", "-", " (null) ").map(nothing -> Arguments.of(as, nothing)));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 113: two lines of the header are refused, even the same twice, even one that is empty")
    void refusesTwoLines(ForwardedAs as) {
        String alice = as.encode(ALICE.certificate());
        for (String other : new String[] {alice, as.encode(BOB.certificate()), "", "(null)"}) {
            assertThat(reason(source(as).find(from(PROXY, as, alice, other)))).isEqualTo(Reason.HEADER_AMBIGUOUS);
            assertThat(reason(source(as).find(from(PROXY, as, other, alice)))).isEqualTo(Reason.HEADER_AMBIGUOUS);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 122, CVE-2026-88011 Traefik: a name that differs only in - _ . is refused from every peer")
    void refusesAliases(ForwardedAs as) {
        for (String alias : aliases(as.header())) {
            for (String peer : new String[] {PROXY, "192.0.2.1"}) {
                FakeExchange exchange =
                        from(peer, as, as.encode(ALICE.certificate())).header(alias, "x");
                assertThat(reason(source(as).find(exchange))).as(alias).isEqualTo(Reason.HEADER_AMBIGUOUS);
                assertThat(source(as).hidden(exchange).covers(alias)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 122: the case of the name does not matter")
    void takesTheNameInAnyCase(ForwardedAs as) {
        FakeExchange exchange = FakeExchange.withoutCertificate()
                .peer(PROXY)
                .header(as.header().toLowerCase(java.util.Locale.ROOT), as.encode(ALICE.certificate()));

        assertThat(certificate(source(as).find(exchange))).isEqualTo(ALICE.certificate());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 123, CVE-2024-45410 Traefik, CVE-2022-31813 httpd: a header named in Connection is refused")
    void refusesAFieldNamedInConnection(ForwardedAs as) {
        for (String peer : new String[] {PROXY, "192.0.2.1"}) {
            for (String connection :
                    new String[] {as.header(), "close , " + as.header(), "\t" + aliases(as.header())[0] + ",x"}) {
                FakeExchange exchange =
                        from(peer, as, as.encode(ALICE.certificate())).header("Connection", connection);
                assertThat(reason(source(as).find(exchange))).isEqualTo(Reason.HEADER_AMBIGUOUS);
            }
            FakeExchange second =
                    from(peer, as, as.encode(ALICE.certificate())).header("Connection", "keep-alive", as.header());
            assertThat(reason(source(as).find(second))).isEqualTo(Reason.HEADER_AMBIGUOUS);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("row 116: more than 16 KiB is refused unread")
    void refusesAFieldThatIsTooLong(ForwardedAs as) {
        String most = "x".repeat(16 * 1024);

        assertThat(reason(source(as).find(from(PROXY, as, most)))).isEqualTo(Reason.HEADER_MALFORMED);
        assertThat(reason(source(as).find(from(PROXY, as, most + "x")))).isEqualTo(Reason.HEADER_TOO_LONG);
    }

    @Test
    @DisplayName("row 116: more than 64 KiB of Client-Cert-Chain is refused, whatever the number of lines")
    void refusesAChainThatIsTooLong() {
        String line = "x".repeat(16 * 1024 - 1);
        FakeExchange exchange = from(PROXY, ForwardedAs.RFC9440, ForwardedAs.RFC9440.encode(ALICE.certificate()));

        exchange.header("Client-Cert-Chain", line, line, line, line);
        assertThat(reason(source(ForwardedAs.RFC9440).find(exchange))).isEqualTo(Reason.HEADER_MALFORMED);
        exchange.header("Client-Cert-Chain", line, line, line, line + "yy");
        assertThat(reason(source(ForwardedAs.RFC9440).find(exchange))).isEqualTo(Reason.HEADER_TOO_LONG);
    }

    @Test
    @DisplayName("row 128: a peer without address (Unix-domain socket), with a zone or with a name is not trusted")
    void trustsNoPeerWithoutLiteralAddress() {
        for (String peer : new String[] {null, "", "localhost", "10.0.0.7%eth0", "fe80::1%eth0", "010.0.0.7", "10.7"}) {
            PresentedCertificate presented = source(ForwardedAs.NGINX)
                    .find(from(peer, ForwardedAs.NGINX, ForwardedAs.NGINX.encode(ALICE.certificate())));
            assertThat(certificate(presented)).as(peer).isNull();
            assertThat(presented.headerIgnored()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:10.0.0.7", "0:0:0:0:0:FFFF:0A00:0007", "10.0.0.7"})
    @DisplayName("row 128: an IPv4 address is the same when it is written as an IPv6 one")
    void normalisesMappedPeers(String peer) {
        assertThat(certificate(source(ForwardedAs.NGINX)
                        .find(from(peer, ForwardedAs.NGINX, ForwardedAs.NGINX.encode(ALICE.certificate())))))
                .isEqualTo(ALICE.certificate());
    }

    @Test
    @DisplayName("a header seen before gives the same object, so that its earlier result is found by identity")
    void parsesACertificateOnce() {
        HeaderSource source = source(ForwardedAs.HAPROXY);
        String alice = ForwardedAs.HAPROXY.encode(ALICE.certificate());

        X509Certificate first = certificate(source.find(from(PROXY, ForwardedAs.HAPROXY, alice)));
        X509Certificate second =
                certificate(source.find(from(PROXY, ForwardedAs.HAPROXY, new String(alice.toCharArray()))));

        assertThat(second).isSameAs(first);
        assertThat(certificate(source.find(from("192.0.2.1", ForwardedAs.HAPROXY, alice))))
                .as("a cached header is never believed from another peer")
                .isNull();
    }

    @Test
    void hidesTheHeadersOfAProxyIfConfiguredAndOthersAlways() {
        HeaderSource hiding = source(ForwardedAs.RFC9440);
        HeaderSource showing = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.RFC9440,
                        "Client-Cert",
                        1,
                        false,
                        new ProxyVerification.Field("X-Verify", "SUCCESS"),
                        true,
                        false),
                proxies());
        FakeExchange proxy = FakeExchange.withoutCertificate().peer(PROXY);
        FakeExchange other = FakeExchange.withoutCertificate().peer("192.0.2.1");

        assertThat(hiding.hidden(proxy).covers("client_cert")).isTrue();
        assertThat(showing.hidden(proxy).isEmpty()).isTrue();
        for (String name : new String[] {"Client-Cert", "client-cert-chain", "X.Verify"}) {
            assertThat(showing.hidden(other).covers(name)).isTrue();
        }
    }

    @Test
    void hidesTheHeadersIfThePeerIsUnknown() {
        HeaderSource showing = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.NGINX,
                        "X-SSL-Client-Cert",
                        1,
                        false,
                        ProxyVerification.NOT_REQUIRED,
                        true,
                        false),
                proxies());
        FakeExchange exchange = FakeExchange.withoutCertificate().peer(() -> {
            throw new IllegalStateException("gone");
        });

        assertThat(showing.hidden(exchange).covers("X-SSL-Client-Cert")).isTrue();
    }

    @Test
    @DisplayName("proxyVerifyHeader must be there once, with exactly its value, if there is a certificate")
    void requiresTheVerification() {
        HeaderSource source = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.NGINX,
                        "X-SSL-Client-Cert",
                        1,
                        false,
                        new ProxyVerification.Field("X-SSL-Client-Verify", "SUCCESS"),
                        true,
                        true),
                proxies());
        String alice = ForwardedAs.NGINX.encode(ALICE.certificate());
        for (String[] lines : new String[][] {
            {}, {""}, {"NONE"}, {"FAILED:self-signed"}, {"success"}, {"SUCCESS", "SUCCESS"}, {"SUCCESS,SUCCESS"}
        }) {
            FakeExchange exchange = from(PROXY, ForwardedAs.NGINX, alice).header("X-SSL-Client-Verify", lines);
            assertThat(reason(source.find(exchange))).isEqualTo(Reason.NOT_VERIFIED_BY_PROXY);
        }
        assertThat(certificate(
                        source.find(from(PROXY, ForwardedAs.NGINX, alice).header("X-SSL-Client-Verify", " SUCCESS"))))
                .isEqualTo(ALICE.certificate());
        assertThat(reason(source.find(from(PROXY, ForwardedAs.NGINX, "").header("X-SSL-Client-Verify", "NONE"))))
                .isEqualTo(Reason.NO_CERTIFICATE);
    }

    static HeaderSource source(ForwardedAs as) {
        return new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.valueOf(as.name()),
                        as.header(),
                        1,
                        false,
                        ProxyVerification.NOT_REQUIRED,
                        true,
                        true),
                proxies());
    }

    private static TrustedProxies proxies() {
        return new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/24", false)), null);
    }

    private static FakeExchange from(String peer, ForwardedAs as, String... values) {
        return FakeExchange.withoutCertificate().peer(peer).header(as.header(), values);
    }

    static String[] aliases(String name) {
        return Stream.of(
                        name.replaceAll("[-_]", "_"),
                        name.replaceAll("[-_]", "."),
                        name.replaceAll("[-_]", "-"),
                        name.replaceFirst("[-_]", "."))
                .filter(alias -> !alias.equals(name))
                .toArray(String[]::new);
    }
}
