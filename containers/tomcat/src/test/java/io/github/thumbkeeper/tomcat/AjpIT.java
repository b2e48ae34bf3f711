/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over AJP the peer claims the certificate: only a peer that knows a secret is believed. */
class AjpIT {

    private static final String SECRET = "correct horse";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final GuardedTomcat server;
    private final Connector ajp = new Connector("AJP/1.3");

    AjpIT() throws IOException {
        server = new GuardedTomcat();
        ajp.setPort(0);
        ajp.setProperty("address", "127.0.0.1");
        server.tomcat().engine().getService().addConnector(ajp);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** CVE-2020-1938, CVE-2026-15554: otherwise a client that reaches the port could pose as any user. */
    @Test
    void ignoresTheCertificateOfAPeerWithoutASecret() throws Exception {
        start(FrontEnd.VALVE, null);

        AjpClient.Answer answer = AjpClient.get(ajp.getLocalPort(), "/app/x", ALICE.pem(), null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("TK-100").doesNotContain("app ");
        assertThat(server.log().messages()).anyMatch(line -> line.startsWith("TK-104"));
        assertThat(server.log().messages()).anyMatch(line -> line.startsWith("TK-401") && line.contains("secret"));
    }

    @Test
    void usesTheCertificateOfAPeerWithTheSecret() throws Exception {
        start(FrontEnd.VALVE, SECRET);

        AjpClient.Answer admitted = AjpClient.get(ajp.getLocalPort(), "/app/x", ALICE.pem(), SECRET);
        AjpClient.Answer unlisted = AjpClient.get(ajp.getLocalPort(), "/app/x", MALLORY.pem(), SECRET);
        AjpClient.Answer none = AjpClient.get(ajp.getLocalPort(), "/app/x", null, SECRET);
        AjpClient.Answer stranger = AjpClient.get(ajp.getLocalPort(), "/app/x", ALICE.pem(), "wrong");

        assertThat(admitted.status()).isEqualTo(200);
        assertThat(admitted.body()).contains("user=sha256:" + ALICE.sha256(), "verdict=admitted");
        assertThat(unlisted.status()).isEqualTo(401);
        assertThat(none.status()).isEqualTo(401);
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(server.log().messages()).noneMatch(line -> line.startsWith("TK-401"));
    }

    /** A documented difference: a filter cannot see the connector, and must trust the valves before it. */
    @Test
    void filterCannotDetectTheSourceOfTheCertificate() throws Exception {
        start(FrontEnd.FILTER, null);

        assertThat(AjpClient.get(ajp.getLocalPort(), "/app/x", ALICE.pem(), null)
                        .status())
                .isEqualTo(200);
        assertThat(AjpClient.get(ajp.getLocalPort(), "/app/x", MALLORY.pem(), null)
                        .status())
                .isEqualTo(401);
    }

    /** CVE-2020-1938, CVE-2026-15554: claims about addresses and certificates do not make an AJP peer a trusted proxy. */
    @Test
    void doesNotTrustAHeaderBecauseOfAjpClaims() throws Exception {
        guard("/pin-valve", FrontEnd.VALVE, "trustedProxyThumbprints", MALLORY.sha256());
        guard("/pin-filter", FrontEnd.FILTER, "trustedProxyThumbprints", MALLORY.sha256());
        guard("/address-valve", FrontEnd.VALVE, "trustedProxies", AjpClient.CLAIMED_ADDRESS);
        start(FrontEnd.VALVE, SECRET);
        String alice = ForwardedAs.HAPROXY.encode(ALICE.certificate());

        for (String path : new String[] {"/pin-valve/x", "/pin-filter/x", "/address-valve/x"}) {
            AjpClient.Answer claimed =
                    AjpClient.get(ajp.getLocalPort(), path, MALLORY.pem(), SECRET, "X-SSL-Client-DER", alice);
            assertThat(claimed.status()).as(path).isEqualTo(401);
            assertThat(AjpClient.get(ajp.getLocalPort(), path, null, SECRET, "X-SSL-Client-DER", alice)
                            .status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(AjpClient.get(ajp.getLocalPort(), path, ALICE.pem(), SECRET)
                            .status())
                    .as("what AJP itself says of the client counts as before")
                    .isEqualTo(200);
        }
    }

    @Test
    void usesTheAddressOfTheSocketOverAjp() throws Exception {
        guard("/address-valve", FrontEnd.VALVE, "trustedProxies", "127.0.0.1");
        start(FrontEnd.VALVE, SECRET);
        String alice = ForwardedAs.HAPROXY.encode(ALICE.certificate());

        assertThat(AjpClient.get(
                                ajp.getLocalPort(),
                                "/address-valve/x",
                                MALLORY.pem(),
                                SECRET,
                                "X-SSL-Client-DER",
                                alice)
                        .status())
                .isEqualTo(200);
        assertThat(AjpClient.get(ajp.getLocalPort(), "/address-valve/x", ALICE.pem(), SECRET)
                        .status())
                .as("from a trusted proxy the header alone counts")
                .isEqualTo(401);
    }

    private void guard(String path, FrontEnd frontEnd, String setting, String value) throws IOException {
        Context context = server.tomcat().addContext(path);
        GuardedApp.install(server.tomcat(), context);
        frontEnd.guard(context, Map.of("thumbprints", ALICE.sha256(), "certificateHeader", "haproxy", setting, value));
    }

    @Test
    void warnsOfAjpWithoutSecretWithForwardedCertificates() throws Exception {
        AbstractAjpProtocol<?> protocol = (AbstractAjpProtocol<?>) ajp.getProtocolHandler();
        protocol.setSecretRequired(false);
        server.tomcat().addPlainHttp();
        server.start(
                FrontEnd.VALVE,
                Map.of("thumbprints", ALICE.sha256(), "certificateHeader", "nginx", "trustedProxies", "127.0.0.1"));

        assertThat(server.log().messages())
                .filteredOn(line -> line.startsWith("TK-401"))
                .singleElement()
                .asString()
                .contains("secretRequired");
    }

    private void start(FrontEnd frontEnd, @Nullable String secret) throws Exception {
        AbstractAjpProtocol<?> protocol = (AbstractAjpProtocol<?>) ajp.getProtocolHandler();
        protocol.setSecretRequired(secret != null);
        protocol.setSecret(secret);
        server.start(frontEnd, Map.of("thumbprints", ALICE.sha256()));
    }
}
