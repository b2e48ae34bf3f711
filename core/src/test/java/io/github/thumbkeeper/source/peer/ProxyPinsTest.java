/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import static io.github.thumbkeeper.source.Presented.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.HeaderSource;
import io.github.thumbkeeper.source.header.ProxyVerification;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Proxies that are trusted by the certificate of the TLS connection itself. */
class ProxyPinsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate PROXY =
            TestCertificate.named("CN=proxy").build();
    private static final TestCertificate OTHER =
            TestCertificate.named("CN=other").build();
    private static final Instant FROM = PROXY.certificate().getNotBefore().toInstant();
    private static final Instant UNTIL = PROXY.certificate().getNotAfter().toInstant();

    private final MovableClock clock = new MovableClock(FROM.plusSeconds(60));

    @Test
    void trustsOnlyTheLeafOfTheConnection() {
        HeaderSource source = source(List.of(), Duration.ZERO);

        assertThat(find(source, showing(PROXY))).isEqualTo(ALICE.certificate());
        assertThat(find(source, showing(PROXY, OTHER))).isEqualTo(ALICE.certificate());
        assertThat(find(source, showing(OTHER, PROXY))).isNotEqualTo(ALICE.certificate());
        assertThat(find(source, showing(OTHER))).isNotEqualTo(ALICE.certificate());
        assertThat(find(source, FakeExchange.withoutCertificate())).isNull();
    }

    @Test
    @DisplayName("anything else than a chain is not trusted")
    void trustsNothingElse() {
        HeaderSource source = source(List.of(), Duration.ZERO);

        for (Object strange : new Object[] {
            PROXY.certificate(),
            new X509Certificate[0],
            new X509Certificate[] {null},
            List.of(PROXY.certificate()),
            "CN=proxy"
        }) {
            assertThat(find(source, FakeExchange.showing(strange))).isNotEqualTo(ALICE.certificate());
        }
    }

    @Test
    @DisplayName(
            "CVE-2020-1938, CVE-2026-15554: what is only claimed of the connection, as over AJP, is no proxy's certificate")
    void neverTrustsAClaim() {
        FakeExchange ajp = showing(PROXY).withoutTls();

        assertThat(find(source(List.of(), Duration.ZERO), ajp)).isNotEqualTo(ALICE.certificate());
    }

    @Test
    void refusesTheProxyOutsideOfItsDates() {
        HeaderSource source = source(List.of(), Duration.ZERO);

        clock.set(FROM.minusMillis(1));
        assertThat(find(source, showing(PROXY))).isNotEqualTo(ALICE.certificate());
        clock.set(FROM);
        assertThat(find(source, showing(PROXY))).isEqualTo(ALICE.certificate());
        clock.set(UNTIL);
        assertThat(find(source, showing(PROXY))).isEqualTo(ALICE.certificate());
        clock.set(UNTIL.plusMillis(1));
        assertThat(find(source, showing(PROXY))).isNotEqualTo(ALICE.certificate());
    }

    @Test
    void allowsForClockSkew() {
        HeaderSource source = source(List.of(), Duration.ofMinutes(5));

        clock.set(UNTIL.plus(Duration.ofMinutes(5)));
        assertThat(find(source, showing(PROXY))).isEqualTo(ALICE.certificate());
        clock.set(UNTIL.plus(Duration.ofMinutes(5)).plusMillis(1));
        assertThat(find(source, showing(PROXY))).isNotEqualTo(ALICE.certificate());
        clock.set(FROM.minus(Duration.ofMinutes(5)));
        assertThat(find(source, showing(PROXY))).isEqualTo(ALICE.certificate());
        clock.set(FROM.minus(Duration.ofMinutes(5)).minusMillis(1));
        assertThat(find(source, showing(PROXY))).isNotEqualTo(ALICE.certificate());
    }

    @Test
    void requiresBothIfAddressesAreConfiguredToo() {
        HeaderSource source = source(List.of(AddressRange.parse("10.0.0.7", false)), Duration.ZERO);

        assertThat(find(source, showing(PROXY).peer("10.0.0.7"))).isEqualTo(ALICE.certificate());
        assertThat(find(source, showing(PROXY).peer("10.0.0.8"))).isNotEqualTo(ALICE.certificate());
        assertThat(find(source, showing(PROXY).peer((String) null))).isNotEqualTo(ALICE.certificate());
        assertThat(find(source, showing(OTHER).peer("10.0.0.7"))).isNotEqualTo(ALICE.certificate());
        assertThat(find(source, FakeExchange.withoutCertificate().peer("10.0.0.7")))
                .isNull();
    }

    @Test
    @DisplayName("with pins alone a Unix-domain socket, which has no address, may be a proxy's")
    void needsNoAddressWithPinsAlone() {
        assertThat(find(source(List.of(), Duration.ZERO), showing(PROXY).peer((String) null)))
                .isEqualTo(ALICE.certificate());
    }

    private HeaderSource source(List<AddressRange> addresses, Duration skew) {
        List<Thumbprint> pins = List.of(
                Thumbprint.ofEncoded(PROXY.der(), DigestAlgorithm.SHA256),
                Thumbprint.ofEncoded(TestCertificate.named("CN=next").build().der(), DigestAlgorithm.SHA1));
        return new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.NGINX,
                        "X-SSL-Client-Cert",
                        1,
                        false,
                        ProxyVerification.NOT_REQUIRED,
                        true,
                        true),
                new TrustedProxies(addresses, new ProxyPins(pins, clock, skew)));
    }

    private static FakeExchange showing(TestCertificate... chain) {
        return FakeExchange.showing(
                java.util.Arrays.stream(chain).map(TestCertificate::certificate).toArray(X509Certificate[]::new));
    }

    private static X509Certificate find(HeaderSource source, FakeExchange exchange) {
        exchange.header("X-SSL-Client-Cert", ForwardedAs.NGINX.encode(ALICE.certificate()));
        return certificate(source.find(exchange));
    }
}
