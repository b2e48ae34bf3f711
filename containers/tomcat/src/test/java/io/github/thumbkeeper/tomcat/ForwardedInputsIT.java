/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.RejectedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What proxies, clouds and service meshes send, on both front ends; {@code HeaderInputsTest} has many more. */
class ForwardedInputsIT {

    private static final TestCertificate CA =
            TestCertificate.named("O=Field,CN=ca").ca().build();
    private static final TestCertificate SUB =
            TestCertificate.named("O=Field,CN=sub").ca().issuedBy(CA).build();
    private static final TestCertificate ALICE = TestCertificate.named("O=Field,CN=alice")
            .issuedBy(SUB)
            .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
            .build();
    private static final TestCertificate NEGATIVE = TestCertificate.named("CN=negative")
            .serial(new BigInteger("-1234567890"))
            .build();

    private static final String XFCC = "X-Forwarded-Client-Cert: ";
    private static final String LEAF = ForwardedAs.base64(ALICE.certificate());
    private static final String AUTHORITY = ForwardedAs.base64(CA.certificate());
    private static final String NO_DATES = "validateNotBefore=false validateNotAfter=false ";

    @TempDir
    private static Path folder;

    private final GuardedTomcat tomcat = newTomcat();

    private static GuardedTomcat newTomcat() {
        try {
            GuardedTomcat tomcat = new GuardedTomcat();
            tomcat.tomcat().addPlainHttp();
            for (Connector connector : tomcat.tomcat().engine().getService().findConnectors()) {
                connector.setProperty("maxHttpRequestHeaderSize", "131072");
            }
            return tomcat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
    }

    /** A request to a gate with these settings. */
    private record Row(String fields, int status, String log) {}

    /** Settings, and requests to the gate. */
    private record Rows(String settings, List<Row> rows) {
        @Override
        public String toString() {
            return settings.trim();
        }
    }

    static Stream<Arguments> inputs() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                                haproxy(),
                                rfc9440(),
                                rfc9440WithTrust(),
                                traefik(),
                                istio(),
                                cloudFoundry(),
                                fingerprint())
                        .map(rows -> Arguments.of(frontEnd, rows)));
    }

    private static Rows haproxy() {
        return new Rows(
                "certificateHeader=haproxy",
                List.of(
                        new Row("X-SSL-Client-DER: " + ForwardedAs.base64(NEGATIVE.certificate()), 200, ""),
                        rejected(RejectedCertificate.DUPLICATE_EXTENSION),
                        rejected(RejectedCertificate.EXPLICIT_CURVE),
                        rejected(RejectedCertificate.EMPTY_ISSUER)));
    }

    private static Row rejected(RejectedCertificate kind) {
        return new Row("X-SSL-Client-DER: " + kind.base64(ALICE), 401, "TK-133 X-SSL-Client-DER: ");
    }

    private static Rows rfc9440() {
        String leaf = "Client-Cert: :" + LEAF + ":\n";
        return new Rows(
                "certificateHeader=rfc9440",
                List.of(
                        new Row(leaf + "Client-Cert-Chain: " + concatenated(), 200, ""),
                        new Row(leaf.replace("=", ""), 200, ""),
                        new Row(leaf + "Client-Cert-Chain: ::", 200, "TK-332 Client-Cert-Chain: is an empty"),
                        new Row("Client-Cert: ::", 401, "TK-133 Client-Cert: is an empty byte sequence")));
    }

    private static Rows rfc9440WithTrust() {
        String leaf = "Client-Cert: :" + LEAF + ":\n";
        return new Rows(
                "certificateHeader=rfc9440 validateTrust=true trustStore=CA",
                List.of(
                        new Row(leaf + "Client-Cert-Chain: " + concatenated(), 200, ""),
                        new Row(leaf + "Client-Cert-Chain: ::", 401, "TK-133 Client-Cert-Chain: is an empty")));
    }

    private static Rows traefik() {
        String long64 = ("," + AUTHORITY).repeat(64 * 1024 / (AUTHORITY.length() + 1));
        return new Rows(
                "certificateHeader=traefik",
                List.of(
                        new Row("X-Forwarded-Tls-Client-Cert: " + LEAF + "," + AUTHORITY, 200, ""),
                        new Row("X-Forwarded-Tls-Client-Cert: " + LEAF + long64, 200, ""),
                        new Row(
                                "X-Forwarded-Tls-Client-Cert: " + LEAF + long64 + "," + AUTHORITY,
                                401,
                                "TK-132 X-Forwarded-Tls-Client-Cert: the chain is longer")));
    }

    private static Rows istio() {
        String client = "Hash=" + ALICE.sha256() + ";Subject=\"CN=alice,O=Field\";URI=";
        String gateway = "By=spiffe://cluster.local/ns/default/sa/default;Hash=" + CA.sha256();
        return new Rows(
                "certificateHeader=xfcc proxyHops=2 xfccHashOnly=true " + NO_DATES,
                List.of(
                        new Row(XFCC + client + "," + gateway, 200, ""),
                        new Row(XFCC + client, 401, "TK-133 X-Forwarded-Client-Cert: has 1 element; proxyHops=2"),
                        new Row(XFCC + LEAF, 401, "TK-133 X-Forwarded-Client-Cert: has no pairs of key and value")));
    }

    private static Rows cloudFoundry() {
        return new Rows(
                "certificateHeader=haproxy_X-Forwarded-Client-Cert",
                List.of(
                        new Row(XFCC + LEAF, 200, ""),
                        new Row(
                                XFCC + "Hash=" + ALICE.sha256(),
                                401,
                                "TK-133 X-Forwarded-Client-Cert: is not base64")));
    }

    private static Rows fingerprint() {
        return new Rows(
                "certificateHeader=fingerprint_X-Hash " + NO_DATES,
                List.of(
                        new Row("X-Hash: " + ALICE.sha256().toUpperCase(java.util.Locale.ROOT), 200, ""),
                        new Row("X-Hash: " + ALICE.sha1(), 401, "TK-133 X-Hash: is a SHA-1 thumbprint, and the lists"),
                        new Row("X-Hash: " + LEAF, 401, "TK-133 X-Hash: is not a thumbprint"),
                        new Row("X-Hash: " + CA.sha256(), 401, "TK-101 "),
                        new Row("X-Hash:", 401, "TK-104 ")));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void gets(FrontEnd frontEnd, Rows rows) throws Exception {
        tomcat.start(frontEnd, settings(rows.settings));

        for (Row row : rows.rows) {
            int logged = tomcat.log().messages().size();
            String answer = RawHttp.send(tomcat.tomcat().http("/"), "GET /app/x HTTP/1.1", row.fields.split("\n"));

            List<String> lines = tomcat.log()
                    .messages()
                    .subList(logged, tomcat.log().messages().size());
            assertThat(RawHttp.status(answer)).as(lines.toString()).isEqualTo(row.status);
            if (row.log.isEmpty()) {
                assertThat(lines).noneMatch(line -> line.startsWith("TK-1") || line.startsWith("TK-33"));
            } else {
                assertThat(lines)
                        .anyMatch(
                                line -> line.startsWith(row.log.substring(0, 7)) && line.contains(row.log.substring(7)))
                        .noneMatch(line -> line.contains(LEAF.substring(40, 60)));
            }
        }
    }

    private static Map<String, String> settings(String text) {
        CA.writePem(folder.resolve("ca.pem"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "thumbprints",
                ALICE.sha256() + " " + NEGATIVE.sha256(),
                "trustedProxies",
                "127.0.0.1",
                "trustedProxiesByRemoteAddr",
                "true"));
        Arrays.stream(text.trim().split(" "))
                .map(each -> each.split("=", 2))
                .forEach(each -> settings.put(each[0], each[1].replace('_', ' ')));
        settings.replace("trustStore", folder.resolve("ca.pem").toString());
        return settings;
    }

    /** Writes the chain as HAProxy's {@code ssl_c_chain_der} in base64. */
    private static String concatenated() {
        byte[] all = Arrays.copyOf(SUB.der(), SUB.der().length + CA.der().length);
        System.arraycopy(CA.der(), 0, all, SUB.der().length, CA.der().length);
        return ":" + Base64.getEncoder().encodeToString(all) + ":";
    }
}
