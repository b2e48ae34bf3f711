/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every known way to forge the header of a proxy, for every format, front end and kind of peer: only the one genuine
 * header of a trusted proxy is admitted, nothing fails, and no value is in a log.
 */
class ForgeryIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate PROXY =
            TestCertificate.named("CN=proxy").build();
    private static final TestCertificate OTHER =
            TestCertificate.named("CN=other proxy").build();
    private static final int LONGEST_HEAD = 256 * 1024;

    /** The connection of the test, and the peer that the gate trusts. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private enum Peer {
        TRUSTED("trustedProxies", "127.0.0.0/8", null, true),
        UNTRUSTED("trustedProxies", "127.0.0.2, 10.0.0.0/8", null, false),
        MAPPED("trustedProxies", "::ffff:127.0.0.1", null, true),
        PINNED("trustedProxyThumbprints", PROXY.sha256(), PROXY, true),
        WRONG_PIN("trustedProxyThumbprints", PROXY.sha256(), OTHER, false);

        private final String setting;
        private final String value;
        private final @Nullable TestCertificate presents;
        private final boolean trusted;

        Peer(String setting, String value, @Nullable TestCertificate presents, boolean trusted) {
            this.setting = setting;
            this.value = value;
            this.presents = presents;
            this.trusted = trusted;
        }
    }

    private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
    private static final Handler EVERYTHING = new Handler() {
        private final java.util.logging.SimpleFormatter formatter = new java.util.logging.SimpleFormatter();

        @Override
        public void publish(java.util.logging.LogRecord entry) {
            LOGGED.add(formatter.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static TestTomcat tomcat;
    private static CapturedLog log;

    @BeforeAll
    static void start() throws Exception {
        Logger.getLogger("").addHandler(EVERYTHING);
        log = new CapturedLog();
        tomcat = new TestTomcat(GuardedTomcat.SERVER, AnyClientCertificateTrustManager.class);
        tomcat.addPlainHttp();
        for (Connector connector : tomcat.engine().getService().findConnectors()) {
            // Longer than the gate's limit, so that the gate refuses.
            connector.setProperty("maxHttpHeaderSize", String.valueOf(LONGEST_HEAD));
        }
        for (FrontEnd frontEnd : FrontEnd.values()) {
            for (ForwardedAs as : ForwardedAs.values()) {
                for (Peer peer : Peer.values()) {
                    Context context = tomcat.addContext(path(frontEnd, as, peer));
                    tomcat.addServlet(context, "/*", new GuardedApp.Echo());
                    frontEnd.guard(context, settings(as, peer));
                }
            }
        }
        tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            tomcat.close();
        } finally {
            log.close();
            Logger.getLogger("").removeHandler(EVERYTHING);
        }
    }

    static Stream<Arguments> everyGate() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(ForwardedAs.values())
                        .flatMap(as -> Stream.of(Peer.values()).map(peer -> Arguments.of(frontEnd, as, peer))));
    }

    @ParameterizedTest
    @MethodSource("everyGate")
    void admitsOnlyTheGenuineHeader(FrontEnd frontEnd, ForwardedAs as, Peer peer) throws Exception {
        String path = path(frontEnd, as, peer) + "/x";
        String honest = as.header() + ": " + as.encode(ALICE.certificate());

        RawConnection.Answer answer = send(peer, path, honest);
        assertThat(answer.status()).isEqualTo(peer.trusted ? 200 : 401);
        assertThat(answer.body()).matches(body -> !peer.trusted || body.contains("verdict=admitted"));

        for (Map.Entry<String, String[]> forgery : forgeries(as).entrySet()) {
            RawConnection.Answer refused = send(peer, path, forgery.getValue());
            assertThat(refused.status()).as(forgery.getKey()).isEqualTo(401);
            assertThat(refused.body()).as(forgery.getKey()).contains("TK-100").doesNotContain("app ");
        }
        assertNothingIsLogged(as);
    }

    private static Map<String, String[]> forgeries(ForwardedAs as) {
        String name = as.header();
        String alice = as.encode(ALICE.certificate());
        String honest = name + ": " + alice;
        Map<String, String[]> all = new LinkedHashMap<>();
        all.put("no header", new String[] {});
        all.put("two", new String[] {honest, honest});
        all.put("two, of two clients", new String[] {name + ": " + as.encode(BOB.certificate()), honest});
        if (as != ForwardedAs.TRAEFIK) {
            // In this format it is a certificate with another one of the client's chain.
            all.put("joined by a comma", new String[] {honest + "," + alice});
        }
        all.put("empty", new String[] {name + ":"});
        all.put("(null)", new String[] {name + ": (null)"});
        all.put("empty and honest", new String[] {name + ":", honest});
        all.put("oversize", new String[] {honest + "x".repeat(17_000)});
        all.put("oversize chain", new String[] {honest, "Client-Cert-Chain: " + "x".repeat(70_000), honest});
        all.put("bad percent", new String[] {name + ": " + alice.substring(0, 100) + "%zz" + alice.substring(100)});
        all.put("double-encoded", new String[] {name + ": " + escaped(escaped(alice))});
        all.put("DER and trailing bytes", new String[] {name + ": " + trailing(as)});
        all.put("private key", new String[] {name + ": " + key(as)});
        for (String alias :
                new String[] {name.replaceAll("[-_]", "_"), name.replaceAll("[-_]", "."), name.replaceAll("[-_]", "-")
                }) {
            if (!alias.equals(name)) {
                all.put("alias " + alias, new String[] {alias + ": " + alice});
                all.put("alias beside it " + alias, new String[] {alias + ": " + alice, honest});
            }
        }
        all.put("named in Connection", new String[] {honest, "Connection: keep-alive, " + name.toLowerCase(Locale.ROOT)
        });
        all.put("not listed", new String[] {name + ": " + as.encode(BOB.certificate())});
        all.put(
                "in a trailer (row 127)",
                new String[] {"Transfer-Encoding: chunked", "Trailer: " + name, "", "0", honest});
        return all;
    }

    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.US_ASCII)) {
            out.append(
                    Character.isLetterOrDigit(b) ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return out.toString();
    }

    private static String trailing(ForwardedAs as) {
        byte[] der = Arrays.copyOf(ALICE.der(), ALICE.der().length + 3);
        return body(as, Base64.getEncoder().encodeToString(der));
    }

    private static String key(ForwardedAs as) {
        return body(as, Base64.getEncoder().encodeToString(ALICE.privateKey().getEncoded()));
    }

    /** Replaces alice's base64 by another text, as the format encodes it. */
    private static String body(ForwardedAs as, String base64) {
        String pem = "-----BEGIN CERTIFICATE----- " + base64 + " -----END CERTIFICATE-----";
        return switch (as) {
            case RFC9440 -> ":" + base64 + ":";
            case NGINX, AWS_ALB -> escaped(pem);
            case APACHE -> pem;
            case HAPROXY, AZURE, TRAEFIK -> base64;
            case XFCC -> "Hash=" + ALICE.sha256() + ";Cert=\"" + escaped(pem) + "\"";
        };
    }

    private static RawConnection.Answer send(Peer peer, String path, String... fields) throws Exception {
        try (RawConnection connection = connect(peer)) {
            boolean post = Arrays.asList(fields).contains("Transfer-Encoding: chunked");
            String[] lines = Stream.concat(
                            Stream.of((post ? "POST " : "GET ") + path + " HTTP/1.1", "Host: localhost"),
                            Arrays.stream(fields))
                    .toArray(String[]::new);
            connection.send(lines);
            return connection.read(false);
        }
    }

    private static RawConnection connect(Peer peer) throws IOException {
        if (peer.presents == null) {
            return RawConnection.open(tomcat.http("/"));
        }
        URI https = tomcat.https("/");
        TlsClient client = GuardedTomcat.client(peer.presents);
        return RawConnection.open(https, client.sslContext());
    }

    private static String path(FrontEnd frontEnd, ForwardedAs as, Peer peer) {
        return "/" + (frontEnd + "-" + as + "-" + peer).toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> settings(ForwardedAs as, Peer peer) {
        Map<String, String> settings = new HashMap<>();
        settings.put("thumbprints", ALICE.sha256());
        settings.put("certificateHeader", as.format());
        settings.put(peer.setting, peer.value);
        if (peer.setting.equals("trustedProxies")) {
            settings.put("trustedProxiesByRemoteAddr", "true");
        }
        return settings;
    }

    private static void assertNothingIsLogged(ForwardedAs as) {
        String key = Base64.getEncoder().encodeToString(ALICE.privateKey().getEncoded());
        String certificate = ForwardedAs.base64(ALICE.certificate());
        String all = String.join("", LOGGED) + String.join("\n", log.messages());
        for (String secret : List.of(key, certificate, ForwardedAs.base64(BOB.certificate()))) {
            assertThat(all).doesNotContain(longestWord(secret));
        }
        assertThat(all).doesNotContain("BEGIN", "SEVERE");
        assertThat(all).as(as.name()).doesNotContain("TK-199");
    }

    /** The characters that escaping does not change. */
    private static String longestWord(String base64) {
        return Arrays.stream(base64.split("[+/=]"))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }
}
