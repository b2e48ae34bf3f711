/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every forgery on every format, from every kind of peer, with and without a certificate of its own: each is refused by the one
 * reason there is for it, and no value is in the log. On a real Tomcat {@code ForgeryIT} does the same.
 */
class ForgeryMatrixTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate PROXY =
            TestCertificate.named("CN=proxy").build();

    /** Whom the gate trusts, and who comes. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private enum Peer {
        TRUSTED(Map.of("trustedProxies", "10.0.0.0/8"), "10.0.0.1", null, true),
        MAPPED(Map.of("trustedProxies", "::ffff:10.0.0.0/104"), "::ffff:10.0.0.1", null, true),
        UNTRUSTED(Map.of("trustedProxies", "10.0.0.0/8"), "192.0.2.1", null, false),
        UNTRUSTED_MAPPED(Map.of("trustedProxies", "10.0.0.0/8"), "::ffff:192.0.2.1", null, false),
        WITHOUT_ADDRESS(Map.of("trustedProxies", "10.0.0.0/8"), null, null, false),
        PINNED(Map.of("trustedProxyThumbprints", PROXY.sha256()), "192.0.2.1", PROXY, true),
        WRONG_PIN(Map.of("trustedProxyThumbprints", PROXY.sha256()), "192.0.2.1", BOB, false),
        WITHOUT_PIN(Map.of("trustedProxyThumbprints", PROXY.sha256()), "192.0.2.1", null, false),
        PINNED_ELSEWHERE(
                Map.of("trustedProxyThumbprints", PROXY.sha256(), "trustedProxies", "10.0.0.0/8"),
                "192.0.2.1",
                PROXY,
                false);

        private final Map<String, String> settings;
        private final String address;
        private final TestCertificate presents;
        private final boolean trusted;

        Peer(Map<String, String> settings, String address, TestCertificate presents, boolean trusted) {
            this.settings = settings;
            this.address = address;
            this.presents = presents;
            this.trusted = trusted;
        }
    }

    /** What is sent, and why a trusted proxy is refused with it. */
    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private enum Forgery {
        NONE(Reason.NO_CERTIFICATE, false, value -> new String[] {}),
        TWO(Reason.HEADER_AMBIGUOUS, false, value -> new String[] {value, value}),
        EMPTY_AND_ONE(Reason.HEADER_AMBIGUOUS, false, value -> new String[] {"", value}),
        EMPTY(Reason.NO_CERTIFICATE, false, value -> new String[] {""}),
        NULL(Reason.NO_CERTIFICATE, false, value -> new String[] {"(null)"}),
        OVERSIZE(Reason.HEADER_TOO_LONG, false, value -> new String[] {value + "A".repeat(16 * 1024)}),
        BAD_PERCENT(Reason.HEADER_MALFORMED, false, value ->
                new String[] {value.substring(0, 100) + "%zz" + value.substring(100)}),
        DOUBLE_ENCODED(Reason.HEADER_MALFORMED, false, value -> new String[] {encoded(encoded(value))}),
        PRIVATE_KEY(Reason.HEADER_MALFORMED, false, value ->
                new String[] {ALICE.privateKeyPem().replace('\n', ' ')}),
        UNDERSCORES(Reason.HEADER_AMBIGUOUS, true, value -> new String[] {value}),
        NAMED_IN_CONNECTION(Reason.HEADER_AMBIGUOUS, true, value -> new String[] {value});

        private final Reason reason;
        private final boolean evasion;
        private final java.util.function.Function<String, String[]> values;

        Forgery(Reason reason, boolean evasion, java.util.function.Function<String, String[]> values) {
            this.reason = reason;
            this.evasion = evasion;
            this.values = values;
        }

        private static String encoded(String value) {
            StringBuilder out = new StringBuilder();
            value.chars().forEach(c -> out.append(String.format("%%%02X", c)));
            return out.toString();
        }

        private void put(FakeExchange exchange, ForwardedAs as) {
            String alice = as.encode(ALICE.certificate());
            String name = as.header();
            if (this == UNDERSCORES) {
                exchange.header(name.contains("-") ? name.replace('-', '_') : name.replace('_', '-'), alice);
            } else if (this == NAMED_IN_CONNECTION) {
                exchange.header(name, alice).header("Connection", "close, " + name);
            } else if (this != NONE) {
                exchange.header(name, values.apply(alice));
            }
        }
    }

    static Stream<Arguments> everything() {
        return Stream.of(ForwardedAs.values())
                .flatMap(as -> Stream.of(Peer.values())
                        .flatMap(peer -> Stream.of(Forgery.values()).map(forgery -> Arguments.of(as, peer, forgery))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void refusesEveryForgery(ForwardedAs as, Peer peer, Forgery forgery) {
        Counters counters = new Counters();
        Gate gate = gate(as, peer, counters);
        FakeExchange exchange = exchange(peer);
        forgery.put(exchange, as);

        try (CapturedLog log = new CapturedLog()) {
            Reason reason = reason(gate.decide(exchange));

            assertThat(reason).isEqualTo(peer.trusted || forgery.evasion ? forgery.reason : ofUntrusted(peer, forgery));
            assertThat(counters.refused(reason)).isOne();
            assertThat(counters.headersIgnored()).isEqualTo(reason == Reason.HEADER_FROM_UNTRUSTED_PEER ? 1 : 0);
            assertNoValueIn(log.text());
        }
    }

    @ParameterizedTest
    @MethodSource("everyPeer")
    void admitsTheHonestHeaderOfATrustedProxyOnly(ForwardedAs as, Peer peer) {
        Gate gate = gate(as, peer, new Counters());
        UnaryOperator<FakeExchange> honest = exchange -> exchange.header(as.header(), as.encode(ALICE.certificate()));

        Verdict verdict;
        try (CapturedLog log = new CapturedLog()) {
            verdict = gate.decide(honest.apply(exchange(peer)));
            assertNoValueIn(log.text());
        }
        assertThat(verdict instanceof Verdict.Admitted).isEqualTo(peer.trusted);
        if (!peer.trusted) {
            assertThat(reason(verdict)).isEqualTo(Reason.HEADER_FROM_UNTRUSTED_PEER);
        }
    }

    static Stream<Arguments> everyPeer() {
        return Stream.of(ForwardedAs.values())
                .flatMap(as -> Stream.of(Peer.values()).map(peer -> Arguments.of(as, peer)));
    }

    private static Reason ofUntrusted(Peer peer, Forgery forgery) {
        if (forgery != Forgery.NONE) {
            return Reason.HEADER_FROM_UNTRUSTED_PEER;
        }
        return peer.presents == null ? Reason.NO_CERTIFICATE : Reason.NOT_LISTED;
    }

    private static FakeExchange exchange(Peer peer) {
        FakeExchange exchange = peer.presents == null
                ? FakeExchange.withoutCertificate()
                : FakeExchange.of(peer.presents.certificate());
        return exchange.peer(peer.address);
    }

    private static Gate gate(ForwardedAs as, Peer peer, Counters counters) {
        Map<String, String> settings = new HashMap<>(peer.settings);
        settings.put("thumbprints", ALICE.sha256());
        settings.put("certificateHeader", as.format());
        return Settings.parse(settings, new FakeResources()).open(counters, InstantSource.system());
    }

    private static Reason reason(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    private static void assertNoValueIn(String text) {
        String key = Base64.getEncoder().encodeToString(ALICE.privateKey().getEncoded());
        assertThat(text)
                .doesNotContain("BEGIN", "Hash=", key.substring(0, 20))
                .doesNotContain(ForwardedAs.base64(ALICE.certificate()).substring(0, 30));
    }
}
