/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.apache.catalina.valves.SSLValve;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour of the valve alone, and the pitfalls of Tomcat. */
class ValveIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final CapturedLog log = new CapturedLog();
    private final TestTomcat tomcat;
    private final Context context;

    ValveIT() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        context = tomcat.addContext("/app");
        GuardedApp.install(tomcat, context);
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Engine", "Host", "Context"})
    void guardsEveryContainerItIsAttachedTo(String where) throws Exception {
        pipeline(where)
                .addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", path(where, "/open/*"))));
        tomcat.start();

        assertThat(get(ALICE, "/app/x")).contains("user=sha256:" + ALICE.sha256());
        assertThat(get(MALLORY, "/app/x")).contains("TK-100");
        assertThat(get(null, "/app/x")).contains("TK-100");
        assertThat(get(null, "/app/open/x")).contains("verdict=exempt");
        assertThat(get(null, "/nowhere")).contains(where.equals("Context") ? "404" : "TK-100");
    }

    /** Measured: with throwOnFailure=false Tomcat serves with a valve whose start failed. */
    @ParameterizedTest
    @ValueSource(strings = {"Engine", "Host", "Context"})
    void servesNoRequestAfterAFailedStart(String where) throws Exception {
        ClientCertificateValve valve = FrontEnd.valve(Map.of("thumbprint", ALICE.sha256()));
        valve.setThrowOnFailure(false);
        pipeline(where).addValve(valve);

        try {
            tomcat.start();
        } catch (LifecycleException e) {
            assertThat(valve.getState()).isEqualTo(LifecycleState.FAILED);
            return;
        }
        assertThat(valve.getState()).isEqualTo(LifecycleState.FAILED);
        assertThat(get(ALICE, "/app/x")).doesNotContain("app REQUEST");
    }

    /** The first rule: while no gate is running, every request gets 503 and the application is not called. */
    @Test
    void answers503BeforeTheStartAndAfterTheStop() throws Exception {
        ClientCertificateValve valve = FrontEnd.valve(Map.of("thumbprints", ALICE.sha256()));
        context.getPipeline().addValve(valve);
        tomcat.start();
        assertThat(get(ALICE, "/app/x")).contains("app REQUEST");

        valve.stop();
        assertThat(get(ALICE, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
        valve.start();
        assertThat(get(ALICE, "/app/x")).contains("app REQUEST");
    }

    @Test
    void refusesToRunWithoutAsyncSupport() throws Exception {
        ClientCertificateValve valve = FrontEnd.valve(Map.of("thumbprints", ALICE.sha256()));
        valve.setAsyncSupported(false);
        tomcat.addEngineValve(valve);

        assertThatThrownBy(tomcat::start)
                .rootCause()
                .hasMessageContaining("asyncSupported: [false] would break asynchronous requests");
    }

    /** Tomcat only warns of an attribute that fails: so every attribute must reach the valve. */
    @Test
    void acceptsAttributesAsTomcatSetsThem() throws Exception {
        ClientCertificateValve valve = new ClientCertificateValve();
        assertThat(IntrospectionUtils.setProperty(valve, "thumbprints", ALICE.sha256()))
                .isTrue();
        assertThat(IntrospectionUtils.setProperty(valve, "clokSkew", "1s")).isTrue();
        tomcat.addEngineValve(valve);

        assertThatThrownBy(tomcat::start)
                .rootCause()
                .hasMessageContaining("TK-202 setting [clokSkew]")
                .hasMessageContaining("did you mean [clockSkew]?");
    }

    @Test
    void cannotBeChangedWhileItRuns() throws Exception {
        ClientCertificateValve valve = FrontEnd.valve(Map.of("thumbprints", ALICE.sha256()));
        context.getPipeline().addValve(valve);
        tomcat.start();

        assertThatThrownBy(() -> valve.setProperty("mode", "report")).isInstanceOf(IllegalStateException.class);
        assertThat(get(MALLORY, "/app/x")).contains("TK-100");
    }

    @Test
    void errorPagesOfTheContainerAreForContextsOnly() throws Exception {
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container")));

        assertThatThrownBy(tomcat::start).rootCause().hasMessageContaining("TK-204 errorFormat: [container]");
    }

    @Test
    void satisfiesSecurityConstraintsAndTheAccessLog() throws Exception {
        AccessLog access = new AccessLog();
        context.getPipeline().addValve(access);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "roles", "orders")));
        Constraints.require(context, "/orders/*", "orders");
        Constraints.require(context, "/admin/*", "admin");
        tomcat.start();

        assertThat(get(ALICE, "/app/orders/1")).contains("orders=true auth=CLIENT_CERT");
        assertThat(get(ALICE, "/app/admin/1")).contains("403");
        assertThat(get(MALLORY, "/app/orders/1")).contains("TK-100");
        assertThat(access.next()).isEqualTo("sha256:" + ALICE.sha256() + " admitted -");
        assertThat(access.next()).isEqualTo("sha256:" + ALICE.sha256() + " admitted -");
        assertThat(access.next()).isEqualTo("- refused TK-101");
    }

    @Test
    void keepsAnExistingPrincipalIfConfigured() throws Exception {
        context.getPipeline().addValve(new SettingPrincipal("sso"));
        context.getPipeline()
                .addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "existingPrincipal", "keep")));
        tomcat.start();

        assertThat(get(ALICE, "/app/x")).contains("user=sso");
        assertThat(get(MALLORY, "/app/x")).contains("TK-100");
    }

    @Test
    void replacesAnExistingPrincipalByDefault() throws Exception {
        context.getPipeline().addValve(new SettingPrincipal("sso"));
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();

        assertThat(get(ALICE, "/app/x")).contains("user=sha256:" + ALICE.sha256());
    }

    /** bad-input 140: Tomcat's default authenticator keeps our principal in the session; the valve takes it out. */
    @Test
    void keepsNoPrincipalInTheSession() throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        Constraints.requireNothing(context);
        tomcat.start();

        assertThat(get(ALICE, "/app/x?session=1")).contains("verdict=admitted");

        assertThat(context.getManager().findSessions()).hasSize(1).allMatch(session -> session.getPrincipal() == null);
    }

    /** Another request of the session may be admitted after the valve has looked at it and before the authenticator does. */
    @Test
    void closesTheGapBetweenTwoRequestsOfOneSession() throws Exception {
        context.getPipeline()
                .addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "noCertificate", "anonymous")));
        context.getPipeline().addValve(new Interfering("/app/alone"));
        Constraints.requireNothing(context);
        tomcat.start();
        String cookie = cookie(ALICE, "/app/x?session=1");

        assertThat(send(null, "/app/alone", cookie)).contains("user=null remote=null", "verdict=exempt");
    }

    @ParameterizedTest
    @CsvSource({"mode, report", "exclude, /open/*", "noCertificate, anonymous", "corsPreflight, always"})
    void refusesToStartOpenNextToALoginBySubject(String setting, String value) throws Exception {
        SubjectLogin.addAuthenticator(context);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), setting, value)));

        try {
            tomcat.start();
        } catch (LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("TK-402 application [/app]");
            return;
        }
        assertThat(context.getState()).isNotEqualTo(LifecycleState.STARTED);
    }

    /** With a pinned key a client can write any subject into its own certificate. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void preventsALoginBySubjectIfTheGateSetsNoPrincipal(String loginAdded) throws Exception {
        TestCertificate admin =
                TestCertificate.named("CN=admin").key(ALICE.keyPair()).build();
        ClientCertificateValve valve =
                FrontEnd.valve(Map.of("publicKeyPins", "sha256/" + ALICE.pin(), "principal", "none"));
        if (loginAdded.equals("before")) {
            SubjectLogin.addAuthenticator(context);
            tomcat.addHostValve(valve);
            try {
                tomcat.start();
            } catch (LifecycleException e) {
                assertThat(e).rootCause().hasMessageContaining("TK-402 application [/app]");
                return;
            }
        } else {
            tomcat.addHostValve(valve);
            tomcat.start();
            assertThat(get(admin, "/app/x")).contains("user=null", "verdict=admitted");
            SubjectLogin.addAuthenticator(context);
        }

        assertThat(get(admin, "/app/x")).doesNotContain("app REQUEST");
    }

    /** With this OpenSSL accepts every certificate, without our trust manager. */
    @Test
    void treatsOptionalNoCaAsPermissive() throws Exception {
        for (SSLHostConfig host : tomcat.httpsConnector().findSslHostConfigs()) {
            host.setTrustManagerClassName(null);
            host.setCertificateVerification("optionalNoCA");
        }
        SubjectLogin.addAuthenticator(context);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));

        try {
            tomcat.start();
        } catch (LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("TK-402 application [/app]");
            return;
        }
        assertThat(context.getState()).isNotEqualTo(LifecycleState.STARTED);
    }

    /** A filter comes after Tomcat's login by the subject. */
    @Test
    void reportsALoginBySubjectThatOnlyAFilterGuards() throws Exception {
        SubjectLogin.addAuthenticator(context);
        FrontEnd.FILTER.guard(context, Map.of("thumbprints", ALICE.sha256()));
        tomcat.addContext("/other").getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();

        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-404 application [/app]"));
    }

    /** A certificate set by an earlier valve does not bring the real one back. */
    @Test
    void hidesTheRealCertificateAfterAForgedOne() throws Exception {
        tomcat.addEngineValve(new SSLValve());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/open/*")));
        tomcat.start();
        HttpRequest forged = HttpRequest.newBuilder(tomcat.https("/app/open/x"))
                .header("ssl_client_cert", ALICE.pem().strip().replace("\n", " "))
                .build();

        assertThat(client(MALLORY).send(forged).body()).contains("certificate=false", "verdict=exempt");
    }

    /** An application that is deployed later is checked at its first request. */
    @Test
    void refusesRequestsAfterALoginBySubjectIsAdded() throws Exception {
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "noCertificate", "anonymous")));
        tomcat.start();
        assertThat(get(null, "/app/x")).contains("verdict=exempt");

        SubjectLogin.addAuthenticator(context);

        assertThat(get(null, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
        assertThat(get(ALICE, "/app/x")).contains("verdict=admitted");
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-402"));
    }

    @Test
    void reportsUnguardedApplications() throws Exception {
        tomcat.addContext("/open");
        Context filtered = tomcat.addContext("/filtered");
        FrontEnd.FILTER.guard(filtered, Map.of("thumbprints", ALICE.sha256()));
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();

        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-404"))
                .singleElement()
                .asString()
                .contains("application [/open] has no gate");
    }

    @Test
    void reportsConnectorsThatCannotReceiveACertificate() throws Exception {
        tomcat.addPlainHttp();
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();

        assertThat(log.messages()).filteredOn(line -> line.startsWith("TK-401")).hasSize(1);
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-400"))
                .singleElement()
                .asString()
                .contains("[thumbprints] 1 entry", "; no other setting is set");
    }

    @Test
    void doesNotShowItsSettersOverJmx() throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();
        javax.management.MBeanServer server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
        var names =
                server.queryNames(new javax.management.ObjectName("*:type=Valve,name=ClientCertificateValve,*"), null);

        assertThat(names).isNotEmpty();
        for (javax.management.ObjectName name : names) {
            assertThat(server.getMBeanInfo(name).getAttributes())
                    .noneMatch(javax.management.MBeanAttributeInfo::isWritable);
            assertThat(server.getMBeanInfo(name).getOperations()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // a context of the test's own, which takes nothing but a Hashtable
    void looksUpGlobalNames() throws Exception {
        Path folder = Files.createTempDirectory("thumbkeeper-global");
        try {
            ALICE.writePem(folder.resolve("alice.pem"));
            javax.naming.Context global = new org.apache.naming.NamingContext(new java.util.Hashtable<>(), "global");
            global.bind("clients", folder.toString());
            ((StandardServer) tomcat.engine().getService().getServer()).setGlobalNamingContext(global);
            tomcat.addEngineValve(FrontEnd.valve(Map.of("store", "jndi:clients")));
            tomcat.start();

            assertThat(get(ALICE, "/app/x")).contains("user=alice");
            assertThat(get(MALLORY, "/app/x")).contains("TK-100");
        } finally {
            Folders.delete(folder);
        }
    }

    private Pipeline pipeline(String where) {
        return switch (where) {
            case "Engine" -> tomcat.engine().getPipeline();
            case "Host" -> tomcat.host().getPipeline();
            default -> context.getPipeline();
        };
    }

    private static String path(String where, String pattern) {
        return where.equals("Context") ? pattern : "/app" + pattern;
    }

    private String get(@Nullable TestCertificate certificate, String path) throws Exception {
        return send(certificate, path, "none=none");
    }

    private String send(@Nullable TestCertificate certificate, String path, String cookie) throws Exception {
        return client(certificate)
                .send(HttpRequest.newBuilder(tomcat.https(path))
                        .header("Cookie", cookie)
                        .build())
                .body();
    }

    private String cookie(TestCertificate certificate, String path) throws Exception {
        List<String> cookies =
                client(certificate).get(tomcat.https(path)).headers().allValues("set-cookie");
        return cookies.get(0).replaceFirst(";.*", "");
    }

    private static TlsClient client(@Nullable TestCertificate certificate) {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        return (certificate == null ? builder : builder.presenting(certificate)).build();
    }

    /** A login of another kind. */
    private static final class SettingPrincipal extends ValveBase {
        private final String name;

        SettingPrincipal(String name) {
            super(true);
            this.name = name;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, jakarta.servlet.ServletException {
            Principal principal = new GenericPrincipal(name, List.of());
            request.setUserPrincipal(principal);
            getNext().invoke(request, response);
        }
    }

    /** Changes the session as a concurrent admitted request might at the worst moment. */
    private static final class Interfering extends ValveBase {
        private final String path;
        private volatile @Nullable Principal admitted;

        Interfering(String path) {
            super(true);
            this.path = path;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, jakarta.servlet.ServletException {
            Session session = request.getSessionInternal(false);
            if (session != null && request.getRequestURI().equals(path)) {
                session.setPrincipal(admitted);
            } else {
                admitted = request.getPrincipal();
            }
            getNext().invoke(request, response);
        }
    }

    /** Collects the access log; Tomcat writes it after the client has its answer. */
    private static final class AccessLog extends AbstractAccessLogValve {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        AccessLog() {
            setPattern("%u %{io.github.thumbkeeper.verdict}r %{io.github.thumbkeeper.reason}r");
        }

        @Nullable
        String next() throws InterruptedException {
            return lines.poll(10, TimeUnit.SECONDS);
        }

        @Override
        protected void log(CharArrayWriter message) {
            lines.add(message.toString());
        }
    }
}
