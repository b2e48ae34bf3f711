/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardWrapper;
import org.apache.catalina.valves.rewrite.RewriteValve;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks through the environment of a gate: nested gates, AJP, logins, trust managers and rewritten paths. */
class EnvironmentAttacksIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate FORGED =
            TestCertificate.named("CN=admin").build();

    private final GuardedTomcat server = new GuardedTomcat();
    private final TestTomcat tomcat = server.tomcat();
    private final Context context = server.context();

    EnvironmentAttacksIT() throws IOException {}

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /**
     * The connector verifies its client, the proxy. The outer gate takes the client from the proxy's header and admits it by
     * its pinned key; the inner gate lets it pass without admission. Tomcat must not log in the subject, which the client
     * wrote itself.
     */
    @ParameterizedTest
    @ValueSource(strings = {"mode=annotate", "mode=report", "exclude=/x"})
    void innerGateDoesNotLogInAForwardedSubject(String inner) throws Exception {
        tomcat.verifyClients(BOB);
        tomcat.addEngineValve(FrontEnd.valve(Map.of(
                "certificateHeader",
                "haproxy",
                "trustedProxyThumbprints",
                BOB.sha256(),
                "publicKeyPins",
                "sha256/" + FORGED.pin())));
        String name = inner.substring(0, inner.indexOf('='));
        context.getPipeline()
                .addValve(FrontEnd.valve(
                        Map.of("thumbprints", ALICE.sha256(), name, inner.substring(name.length() + 1))));
        SubjectLogin.require(context, "/*");
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(BOB, "/app/x", header(ForwardedAs.HAPROXY, FORGED)))
                .doesNotContain("user=CN=admin")
                .doesNotContain("user=CN=bob");
    }

    /** In docs/proxies.md httpd forwards every certificate (optional_no_ca), over AJP with a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"mode", "principal"})
    void doesNotLogInAForgedSubjectOverAjpWithASecret(String setting) throws Exception {
        tomcat.verifyClients(BOB);
        Connector ajp = new Connector("AJP/1.3");
        ajp.setPort(0);
        ajp.setProperty("address", "127.0.0.1");
        ajp.setProperty("secret", "secret");
        tomcat.engine().getService().addConnector(ajp);
        context.getPipeline()
                .addValve(FrontEnd.valve(
                        setting.equals("mode")
                                ? Map.of("thumbprints", ALICE.sha256(), "mode", "annotate")
                                : Map.of("publicKeyPins", "sha256/" + FORGED.pin(), "principal", "none")));
        SubjectLogin.require(context, "/*");
        if (refusesToStart()) {
            return;
        }

        assertThat(AjpClient.get(ajp.getLocalPort(), "/app/x", FORGED.pem(), "secret")
                        .body())
                .doesNotContain("user=CN=admin");
    }

    /** The connector has started: it still uses the trust store that the file contained then. */
    @Test
    void doesNotCacheAnUnreadableTrustStoreAsVerifying() throws Exception {
        java.security.Security.addProvider(new io.github.thumbkeeper.tls.AnyClientCertificateProvider());
        Path file = tomcat.verifyClientsByFile(BOB);
        for (SSLHostConfig host : tomcat.httpsConnector().findSslHostConfigs()) {
            host.setTruststoreAlgorithm("AnyClientCertificate");
        }
        SubjectLogin.require(context, "/*");
        if (refusesToStart()) {
            return;
        }
        Files.delete(file);
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/app/x")));

        try {
            assertThat(get12(FORGED, "/app/x")).doesNotContain("user=CN=admin");
        } finally {
            java.security.Security.removeProvider("Thumbkeeper");
        }
    }

    /** architecture.md section 3: the ERROR dispatch of our own 401 passes without a principal. */
    @ParameterizedTest
    @ValueSource(strings = {"VALVE VALVE", "VALVE FILTER", "FILTER FILTER"})
    void errorPageOfAnInnerRefusalHasNoUser(String pair) throws Exception {
        Context paged = tomcat.addContext("/paged");
        GuardedApp.install(tomcat, paged);
        FrontEnd.valueOf(pair.split(" ", -1)[0]).guard(paged, Map.of("thumbprints", ALICE.sha256(), "roles", "orders"));
        FrontEnd.valueOf(pair.split(" ", -1)[1])
                .guard(paged, Map.of("thumbprints", MALLORY.sha256(), "errorFormat", "container"));
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(ALICE, "/paged/x"))
                .startsWith("401 app ERROR")
                .contains("user=null", "orders=false", "certificate=false");
    }

    /** A trust manager that accepts every client, but needs the engine or an RSA key, fails on the probe. */
    @ParameterizedTest
    @ValueSource(classes = {LooksAtTheEngine.class, LooksAtTheKey.class})
    void detectsATrustManagerThatFailsOnTheProbe(Class<?> manager) throws Exception {
        for (SSLHostConfig host : tomcat.httpsConnector().findSslHostConfigs()) {
            host.setTrustManagerClassName(manager.getName());
        }
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/x")));
        SubjectLogin.require(context, "/*");
        if (refusesToStart()) {
            return;
        }

        TestCertificate forged = manager == LooksAtTheKey.class
                ? TestCertificate.named("CN=admin").rsa(2048).build()
                : FORGED;
        assertThat(get12(forged, "/app/x")).doesNotContain("user=CN=admin");
    }

    /** As NestedGatesIT.refusesASecondClientInTheHeaderOfTheInnerGate, where the outer gate has only a hash. */
    @ParameterizedTest
    @ValueSource(strings = {"VALVE", "FILTER"})
    void innerGateRefusesASecondClientAfterAHash(String front) throws Exception {
        FrontEnd.valueOf(front)
                .guard(
                        context,
                        Map.of(
                                "certificateHeader", "xfcc",
                                "xfccHashOnly", "true",
                                "validateNotBefore", "false",
                                "validateNotAfter", "false",
                                "trustedProxyThumbprints", BOB.sha256(),
                                "thumbprints", ALICE.sha256()));
        FrontEnd.valueOf(front)
                .guard(
                        context,
                        Map.of(
                                "certificateHeader", "rfc9440",
                                "trustedProxyThumbprints", BOB.sha256(),
                                "thumbprints", MALLORY.sha256()));
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(
                        BOB,
                        "/app/x",
                        "X-Forwarded-Client-Cert: Hash=" + ALICE.sha256(),
                        header(ForwardedAs.RFC9440, MALLORY)))
                .startsWith("401");
    }

    /** RewriteValve sends a request through all valves again: the outer gate must judge the connection as before. */
    @Test
    void outerGateJudgesTheConnectionAfterARewrite() throws Exception {
        tomcat.addEngineValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/app/open/*")));
        tomcat.addHostValve(FrontEnd.valve(Map.of(
                "certificateHeader", "haproxy",
                "trustedProxyThumbprints", BOB.sha256(),
                "thumbprints", ALICE.sha256())));
        RewriteValve rewrite = new RewriteValve();
        tomcat.addHostValve(rewrite);
        if (refusesToStart()) {
            return;
        }
        rewrite.setConfiguration("RewriteRule ^/app/open/x$ /app/secret");

        assertThat(get12(BOB, "/app/secret", header(ForwardedAs.HAPROXY, ALICE)))
                .startsWith("401");
        assertThat(get12(BOB, "/app/open/x", header(ForwardedAs.HAPROXY, ALICE)))
                .startsWith("401");
    }

    /** Like TomcatEnvironmentIT.refusesToStartAfterALoginBySubject, for the gate of a single servlet. */
    @Test
    void gateOfAServletDoesNotLetAForgedSubjectPassTheConstraint() throws Exception {
        SubjectLogin.require(context, "/*");
        StandardWrapper wrapper = (StandardWrapper) context.findChildren()[0];
        wrapper.getPipeline().addValve(FrontEnd.valve(Map.of("publicKeyPins", "sha256/" + FORGED.pin())));
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(FORGED, "/app/x")).doesNotContain("verdict=admitted");
    }

    /** architecture.md section 3: an authenticator that runs before the gate is refused; it forwards to a page of the application. */
    @Test
    void loginFormBeforeTheGateRunsNoCodeOfTheApplication() throws Exception {
        SubjectLogin.require(context, "/*");
        context.getPipeline().removeValve((org.apache.catalina.Valve) context.getAuthenticator());
        context.setLoginConfig(new LoginConfig("FORM", null, "/login", "/error"));
        context.getPipeline().addValve(new org.apache.catalina.authenticator.FormAuthenticator());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(MALLORY, "/app/x")).doesNotContain("app FORWARD");
    }

    /** An SSLImplementation brings its own trust managers. */
    @Test
    void detectsAPermissiveSslImplementation() throws Exception {
        tomcat.verifyClients(BOB);
        tomcat.httpsConnector().setProperty("sslImplementationName", Lenient.class.getName());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/x")));
        SubjectLogin.require(context, "/*");
        if (refusesToStart()) {
            return;
        }

        assertThat(get12(FORGED, "/app/x")).doesNotContain("user=CN=admin");
    }

    /** A gate that refuses to start, and its application with it, lets nothing through either. */
    private boolean refusesToStart() {
        try {
            tomcat.start();
            return false;
        } catch (LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("TK-402");
            return true;
        }
    }

    private static String header(ForwardedAs as, TestCertificate certificate) {
        return as.header() + ": " + as.encode(certificate.certificate());
    }

    private String get12(TestCertificate certificate, String path, String... fields) throws Exception {
        TlsClient client = TlsClient.trusting(GuardedTomcat.SERVER.certificate())
                .presenting(certificate)
                .tls("TLSv1.2")
                .build();
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(fields));
        try (RawConnection connection = RawConnection.open(tomcat.https("/"), client.sslContext())) {
            connection.send(lines.toArray(String[]::new));
            RawConnection.Answer answer = connection.read(false);
            return answer.status() + " " + answer.body().strip();
        }
    }

    /** Accepts every client; JSSE calls it with an engine only. */
    public abstract static class Accepting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("an engine is needed");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("an engine is needed");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Reads the handshake session of the engine. */
    public static final class LooksAtTheEngine extends Accepting {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            engine.getHandshakeSession().getProtocol();
        }
    }

    /** Requires RSA keys of at least 2048 bits. */
    public static final class LooksAtTheKey extends Accepting {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (((java.security.interfaces.RSAPublicKey) chain[0].getPublicKey())
                            .getModulus()
                            .bitLength()
                    < 2048) {
                throw new CertificateException("too small");
            }
        }
    }

    /** JSSE with another trust manager. */
    public static final class Lenient extends org.apache.tomcat.util.net.jsse.JSSEImplementation {
        @Override
        public org.apache.tomcat.util.net.SSLUtil getSSLUtil(
                org.apache.tomcat.util.net.SSLHostConfigCertificate certificate) {
            return new org.apache.tomcat.util.net.jsse.JSSEUtil(certificate) {
                @Override
                public javax.net.ssl.TrustManager[] getTrustManagers() {
                    return new javax.net.ssl.TrustManager[] {new AcceptsEveryone()};
                }
            };
        }
    }
}
