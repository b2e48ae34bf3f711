/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.catalina.valves.RemoteIpValve;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of {@code docs/proxies.md} with real proxies, and attempts of a client to bypass them. */
@NeedsProgram
class ProxiesIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final TwoFrontEnds tomcat = newTomcat();
    private @Nullable RealProxy proxy;

    @TempDir
    private Path folder;

    private static TwoFrontEnds newTomcat() {
        try {
            return new TwoFrontEnds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void list() throws IOException {
        Files.writeString(
                store(), "sha256:" + ALICE.sha256() + " label=alice\nsha256:" + CAROL.sha256() + " label=carol\n");
    }

    @AfterEach
    void stop() throws Exception {
        try (tomcat) {
            if (proxy != null) {
                proxy.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyProgram.class)
    void admitsOnlyTheListedClient(ProxyProgram program) throws Exception {
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, ALICE).body()).startsWith(TwoFrontEnds.seen("alice", ALICE));
            assertThat(ask(frontEnd, CAROL).body()).startsWith(TwoFrontEnds.seen("carol", CAROL));
            assertThat(ask(frontEnd, MALLORY).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null).status()).isEqualTo(401);
        }
    }

    /** Checks the encoding that the tests of the formats assume for this proxy. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void encodesTheHeaderAsAssumed(ProxyProgram program) throws Exception {
        start(program, Map.of("hideCertificateHeader", "false"));

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, ALICE).body())
                    .containsIgnoringCase("\n" + program.header() + ": ")
                    .contains(": " + program.written(ALICE).strip() + "\n");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void hidesTheHeaderFromTheApplication(ProxyProgram program) throws Exception {
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, ALICE).body()).contains("user=alice").doesNotContainIgnoringCase(program.header());
        }
    }

    /** A certificate in the client's own header, in every spelling, never changes the client's identity. */
    @ParameterizedTest
    @EnumSource(ProxyProgram.class)
    void ignoresTheClientsOwnHeader(ProxyProgram program) throws Exception {
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            for (List<String> forged : forgeries(program)) {
                String[] lines = forged.toArray(String[]::new);
                String what = frontEnd + " " + lines[lines.length - 1];
                assertThat(ask(frontEnd, null, lines).status()).as(what).isEqualTo(401);
                assertThat(ask(frontEnd, MALLORY, lines).status()).as(what).isEqualTo(401);
                assertThat(ask(frontEnd, CAROL, lines).body()).as(what).doesNotContain("alice", ALICE.sha256());
            }
            // The proxy removes the field with exactly this name, and the request is admitted as usual.
            assertThat(ask(frontEnd, CAROL, forged(program, program.header())).body())
                    .startsWith(TwoFrontEnds.seen("carol", CAROL));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void refusesAHeaderThatBypassesTheProxy(ProxyProgram program) throws Exception {
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(past("127.0.0.2", frontEnd, program).status()).isEqualTo(401);
            // A request from the proxy's address is believed: otherwise the first line would prove nothing.
            assertThat(past("127.0.0.1", frontEnd, program).body()).contains("user=alice");
        }
        assertThat(tomcat.log().messages()).noneMatch(line -> line.contains("MII"));
    }

    /** A resumed session presents no certificate in its handshake. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void usesTheCertificateOfAResumedSession(ProxyProgram program) throws Exception {
        start(program);
        SSLContext alice = client(ALICE);

        List<SSLSession> sessions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (RawConnection connection = RawConnection.open(proxy().uri("/"), alice, "TLSv1.2")) {
                assertThat(connection.get(TwoFrontEnds.path(FrontEnd.VALVE)).body())
                        .contains("user=alice");
                assertThat(connection.get(TwoFrontEnds.path(FrontEnd.FILTER)).body())
                        .contains("user=alice");
                sessions.add(connection.session());
            }
        }

        assertThat(sessions.get(1).getId())
                .isNotEmpty()
                .isEqualTo(sessions.get(0).getId());
    }

    /** The table of the page: the proxy or the gate refuses a certificate out of date. */
    @ParameterizedTest
    @EnumSource(ProxyProgram.class)
    void refusesACertificateOutOfDateAtTheProxyOrAtTheGate(ProxyProgram program) throws Exception {
        TestCertificate expired = TestCertificate.named("CN=old")
                .validFrom(Instant.now().minus(Duration.ofDays(9)))
                .validUntil(Instant.now().minus(Duration.ofDays(1)))
                .build();
        Files.writeString(store(), "sha256:" + expired.sha256() + " label=old\n");
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(statusOrAlert(frontEnd, expired))
                    .isEqualTo(
                            switch (program) {
                                case NGINX -> 400;
                                case HAPROXY, CADDY -> 401;
                                case HTTPD -> 0;
                            });
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void aLargeCertificateNeedsAHigherLimitOfTomcat(ProxyProgram program) throws Exception {
        TestCertificate large = ManyCertificates.large(ManyCertificates.LARGEST);
        Files.writeString(store(), "sha256:" + large.sha256() + " label=large\n");
        program.path();
        tomcat.start(ProxyRecipe.settings(valveRecipe(program), store()), ProxyRecipe.filterOnly());
        proxy = RealProxy.start(program, program.configuration(), tomcat.plain(), SERVER, folder);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, large).status()).isEqualTo(400);
        }
    }

    /** The proxies, Tomcat and the gate limit the size of headers, and a header over a limit is never admitted. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void refusesACertificateOverTheSizeLimits(ProxyProgram program) throws Exception {
        TestCertificate huge = ManyCertificates.large(15_000);
        Files.writeString(store(), "sha256:" + huge.sha256() + " label=huge\n");
        start(program);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, huge).status()).isEqualTo(401);
        }
    }

    /** The valve uses the connection; a filter cannot, and does not believe the rewritten address. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CADDY")
    void remoteIpValveBeforeTheGateAffectsOnlyTheFilter(ProxyProgram program) throws Exception {
        RemoteIpValve remoteIp = new RemoteIpValve();
        remoteIp.setRemoteIpHeader("X-Real-IP");
        tomcat.first(remoteIp);
        start(program);

        for (String address : List.of("203.0.113.9", "127.0.0.1")) {
            String line = "X-Real-IP: " + address;
            assertThat(ask(FrontEnd.VALVE, ALICE, line).body()).as(address).contains("user=alice");
            assertThat(ask(FrontEnd.VALVE, MALLORY, line).status()).as(address).isEqualTo(401);
            assertThat(ask(FrontEnd.FILTER, ALICE, line).status()).as(address).isEqualTo(401);
        }
        assertThat(past("127.0.0.2", FrontEnd.VALVE, program, "X-Real-IP: 127.0.0.1")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void trustsTheProxyWithThePinnedKey() throws Exception {
        TestCertificate pinned = TestCertificate.named("CN=proxy").build();
        TestCertificate other = TestCertificate.named("CN=other").build();
        Map<String, String> settings = ProxyRecipe.settings("nginx-tls.xml", store());
        settings.put("trustedProxyThumbprints", "sha256:" + pinned.sha256());
        ProxyProgram.NGINX.path();
        tomcat.connectors(ProxyRecipe.connector()).start(settings, Map.of());
        proxy = RealProxy.start(
                ProxyProgram.NGINX,
                "nginx-tls.conf",
                tomcat.tls(),
                SERVER,
                folder,
                "tomcat.pem",
                TwoFrontEnds.SERVER.pem(),
                "proxy.pem",
                pinned.pem(),
                "proxy-key.pem",
                pinned.privateKeyPem());

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, ALICE).body()).startsWith(TwoFrontEnds.seen("alice", ALICE));
            assertThat(ask(frontEnd, MALLORY).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null).status()).isEqualTo(401);
            assertThat(direct(frontEnd, pinned).body()).contains("user=alice");
            assertThat(direct(frontEnd, other).status()).isEqualTo(401);
            assertThat(direct(frontEnd, null).status()).isEqualTo(401);
            assertThat(direct(frontEnd, CAROL).body()).startsWith(TwoFrontEnds.seen("carol", CAROL));
            assertThat(plain(frontEnd).status()).isEqualTo(401);
        }
    }

    @Test
    void requiresTheProxysOwnVerification() throws Exception {
        TestCertificate authority = TestCertificate.named("CN=authority").ca().build();
        TestCertificate issued =
                TestCertificate.named("CN=issued").issuedBy(authority).build();
        TestCertificate unlisted =
                TestCertificate.named("CN=unlisted").issuedBy(authority).build();
        Files.writeString(
                store(), "sha256:" + ALICE.sha256() + " label=alice\nsha256:" + issued.sha256() + " label=issued\n");
        ProxyProgram.NGINX.path();
        tomcat.connectors(ProxyRecipe.connector())
                .start(ProxyRecipe.settings("nginx-verify.xml", store()), ProxyRecipe.filterOnly());
        proxy = RealProxy.start(
                ProxyProgram.NGINX,
                "nginx-verify.conf",
                tomcat.plain(),
                SERVER,
                folder,
                "authority.pem",
                authority.pem());

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, issued).body()).startsWith(TwoFrontEnds.seen("issued", issued));
            assertThat(ask(frontEnd, unlisted).status()).isEqualTo(401);
            assertThat(ask(frontEnd, ALICE).status()).isEqualTo(401);
            assertThat(ask(frontEnd, ALICE, "X-SSL-Client-Verify: SUCCESS").status())
                    .isEqualTo(401);
            assertThat(ask(frontEnd, null).status()).isEqualTo(401);
        }
    }

    /** The recipe of the page for nginx sets what an application wants to know about the client. */
    @Test
    void passesTheHostAndTheAddressOfTheClient() throws Exception {
        start(ProxyProgram.NGINX);

        assertThat(ask(FrontEnd.VALVE, ALICE, "X-Forwarded-For: 203.0.113.9").body())
                .containsIgnoringCase("\nhost: localhost\n")
                .containsIgnoringCase("\nx-forwarded-for: 127.0.0.1\n");
    }

    /** A chain in one byte sequence, as HAProxy writes it, completes the path; a client without a chain sends no such field. */
    @Test
    void usesTheChainThatHaproxyForwards() throws Exception {
        TestCertificate root = TestCertificate.named("CN=root").ca().build();
        TestCertificate sub =
                TestCertificate.named("CN=sub").ca().issuedBy(root).build();
        TestCertificate other =
                TestCertificate.named("CN=other").ca().issuedBy(sub).build();
        TestCertificate bob = TestCertificate.named("CN=bob").issuedBy(other).build();
        root.writePem(folder.resolve("root.pem"));
        Files.writeString(
                store(), "sha256:" + bob.sha256() + " label=bob\nsha256:" + ALICE.sha256() + " label=alice\n");
        ProxyProgram.HAPROXY.path();
        Map<String, String> settings = ProxyRecipe.settings("haproxy-rfc9440.xml", store());
        settings.put("validateTrust", "true");
        settings.put("trustStore", folder.resolve("root.pem").toString());
        tomcat.connectors(ProxyRecipe.connector()).start(settings, ProxyRecipe.filterOnly());
        proxy = RealProxy.start(ProxyProgram.HAPROXY, "haproxy-rfc9440.cfg", tomcat.plain(), SERVER, folder);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, bob).body()).startsWith(TwoFrontEnds.seen("bob", bob));
            assertThat(ask(frontEnd, ALICE).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null, "Client-Cert-Chain: ::").status()).isEqualTo(401);
        }
        assertThat(tomcat.log().messages())
                .filteredOn(line -> line.startsWith("TK-1"))
                .extracting(line -> line.substring(0, 6))
                .containsExactly("TK-110", "TK-104", "TK-110", "TK-104");
    }

    @ParameterizedTest
    @CsvSource({
        "NGINX, nginx-fingerprint.conf, sha1",
        "HAPROXY, haproxy-fingerprint.cfg, sha256",
    })
    void admitsByTheThumbprintAlone(ProxyProgram program, String configuration, String algorithm) throws Exception {
        String alice = algorithm.equals("sha1") ? ALICE.sha1() : ALICE.sha256();
        Files.writeString(store(), algorithm + ":" + alice + " label=alice\n");
        program.path();
        tomcat.connectors(ProxyRecipe.connector())
                .start(ProxyRecipe.settings("fingerprint.xml", store()), ProxyRecipe.filterOnly());
        proxy = RealProxy.start(program, configuration, tomcat.plain(), SERVER, folder);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            String forged = "X-SSL-Client-Fingerprint: " + alice;
            assertThat(ask(frontEnd, ALICE).body()).startsWith("user=alice certificate=none\n");
            assertThat(ask(frontEnd, MALLORY, forged).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null, forged).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null).status()).isEqualTo(401);
        }
        assertThat(tomcat.log().messages()).noneMatch(line -> line.startsWith("TK-1") && line.contains(alice));
    }

    /** Over AJP httpd needs no header; a filter does not see that the connector has a secret. */
    @Test
    void usesTheCertificateThatHttpdForwardsOverAjp() throws Exception {
        TestCertificate large = ManyCertificates.large(ManyCertificates.LARGEST);
        Files.writeString(
                store(), "sha256:" + ALICE.sha256() + " label=alice\nsha256:" + large.sha256() + " label=large\n");
        ProxyProgram.HTTPD.path();
        tomcat.ajp(ProxyRecipe.connector("connector-ajp.xml")).start(Map.of("store", store().toString()), Map.of());
        proxy = RealProxy.start(ProxyProgram.HTTPD, "httpd-ajp.conf", tomcat.overAjp(), SERVER, folder);

        for (FrontEnd frontEnd : FrontEnd.values()) {
            assertThat(ask(frontEnd, ALICE).body()).startsWith(TwoFrontEnds.seen("alice", ALICE));
            assertThat(ask(frontEnd, large).body()).startsWith(TwoFrontEnds.seen("large", large));
            assertThat(ask(frontEnd, MALLORY).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null).status()).isEqualTo(401);
            assertThat(ask(frontEnd, null, forged(ProxyProgram.HTTPD, "SSL_CLIENT_CERT"))
                            .status())
                    .isEqualTo(401);
        }
    }

    private void start(ProxyProgram program) throws Exception {
        start(program, Map.of());
    }

    private void start(ProxyProgram program, Map<String, String> more) throws Exception {
        program.path();
        Map<String, String> settings = ProxyRecipe.settings(valveRecipe(program), store());
        settings.putAll(more);
        tomcat.connectors(ProxyRecipe.connector()).start(settings, ProxyRecipe.filterOnly());
        proxy = RealProxy.start(program, program.configuration(), tomcat.plain(), SERVER, folder);
    }

    private static String valveRecipe(ProxyProgram program) {
        return program.name().toLowerCase(Locale.ROOT) + ".xml";
    }

    private static List<List<String>> forgeries(ProxyProgram program) {
        String name = program.header();
        String other = name.contains("_") ? name.replace('_', '-') : name.replace('-', '_');
        String dotted = name.replace('_', '.').replace('-', '.');
        List<List<String>> all = new ArrayList<>();
        for (String spelling : List.of(name, name.toLowerCase(Locale.ROOT), other, dotted)) {
            all.add(List.of(forged(program, spelling)));
            all.add(List.of(forged(program, spelling), forged(program, spelling)));
            all.add(List.of(forged(program, spelling), "Connection: " + spelling));
            all.add(List.of(forged(program, spelling), "Connection: close, " + name));
        }
        return all;
    }

    private static String forged(ProxyProgram program, String name) {
        return name + ": " + program.written(ALICE);
    }

    private RawConnection.Answer ask(FrontEnd frontEnd, @Nullable TestCertificate certificate, String... lines)
            throws IOException {
        try (RawConnection connection = RawConnection.open(proxy().uri("/"), client(certificate))) {
            return connection.get(TwoFrontEnds.path(frontEnd), lines);
        }
    }

    private int statusOrAlert(FrontEnd frontEnd, TestCertificate certificate) throws IOException {
        try {
            return ask(frontEnd, certificate).status();
        } catch (IOException e) {
            // The alert of TLS 1.3 comes after the handshake, while the request is being sent or the answer awaited.
            return 0;
        }
    }

    /** Sends a request directly to Tomcat, with alice's certificate in the header. */
    private RawConnection.Answer past(String from, FrontEnd frontEnd, ProxyProgram program, String... lines)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(forged(program, program.header()));
        try (RawConnection connection = RawConnection.open(tomcat.plain(), from)) {
            return connection.get(TwoFrontEnds.path(frontEnd), all.toArray(String[]::new));
        }
    }

    private RawConnection.Answer direct(FrontEnd frontEnd, @Nullable TestCertificate certificate) throws IOException {
        TlsClient.Builder client = TlsClient.trusting(TwoFrontEnds.SERVER.certificate());
        if (certificate != null) {
            client.presenting(certificate);
        }
        try (RawConnection connection = RawConnection.open(tomcat.tls(), client.sslContext())) {
            return connection.get(TwoFrontEnds.path(frontEnd), forged(ProxyProgram.NGINX, ProxyProgram.NGINX.header()));
        }
    }

    private RawConnection.Answer plain(FrontEnd frontEnd) throws IOException {
        return past("127.0.0.1", frontEnd, ProxyProgram.NGINX);
    }

    private static SSLContext client(@Nullable TestCertificate certificate) {
        TlsClient.Builder client = TlsClient.trusting(SERVER.certificate());
        return (certificate == null ? client : client.presenting(certificate)).sslContext();
    }

    private RealProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    private Path store() {
        return folder.resolve("clients.txt");
    }
}
