/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.tls.AnyClientCertificateProvider;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.Security;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.SSLValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Tomcat environment of a gate: permissive connectors, logins before the gate, applications without a gate. */
class TomcatEnvironmentIT {

    private static final TestCertificate SERVER = GuardedTomcat.SERVER;
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate AUTHORITY =
            TestCertificate.named("CN=authority").build();
    private static final Map<String, String> LISTS_ALICE = Map.of("thumbprints", ALICE.sha256());

    private final GuardedTomcat server = new GuardedTomcat();
    private final TestTomcat tomcat = server.tomcat();
    private final Context context = server.context();
    private final CapturedLog log = server.log();

    TomcatEnvironmentIT() throws IOException {}

    @BeforeAll
    static void addProvider() {
        Security.addProvider(new AnyClientCertificateProvider());
    }

    @AfterAll
    static void removeProvider() {
        Security.removeProvider(AnyClientCertificateProvider.NAME);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** The ways in which a connector lets every client certificate through. */
    enum Permissive {
        OUR_TRUST_MANAGER {
            @Override
            void configure(TestTomcat tomcat) {}
        },
        ANOTHER_TRUST_MANAGER {
            @Override
            void configure(TestTomcat tomcat) {
                tomcat.sslHost().setTrustManagerClassName(AcceptsEveryone.class.getName());
            }
        },
        ALGORITHM {
            @Override
            void configure(TestTomcat tomcat) {
                tomcat.verifyClientsByFile(AUTHORITY);
                tomcat.sslHost().setTruststoreAlgorithm(AnyClientCertificateProvider.ALGORITHM);
            }
        },
        OPTIONAL_NO_CA {
            @Override
            void configure(TestTomcat tomcat) {
                tomcat.sslHost().setTrustManagerClassName(null);
                tomcat.sslHost().setCertificateVerification("optionalNoCA");
            }
        };

        abstract void configure(TestTomcat tomcat);
    }

    @ParameterizedTest
    @EnumSource(Permissive.class)
    void refusesToStartOpenNextToALoginWithAnyPermissiveConnector(Permissive permissive) throws Exception {
        permissive.configure(tomcat);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.addAuthenticator(context);

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    /** The gate is at the Host and starts first; the application with the login comes when it is deployed. */
    @ParameterizedTest
    @EnumSource(Permissive.class)
    void doesNotLogInAForgedSubjectOnExcludedPathsOverTls12(Permissive permissive) throws Exception {
        permissive.configure(tomcat);
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/app/open/*")));
        tomcat.start();
        SubjectLogin.addAuthenticator(context);

        TlsClient forger = TlsClient.trusting(SERVER.certificate())
                .presenting(TestCertificate.named("CN=admin").build())
                .tls("TLSv1.2")
                .build();
        if (permissive != Permissive.OPTIONAL_NO_CA) { // JSSE ends the handshake with it
            assertThat(forger.get(tomcat.https("/app/open/x")).body())
                    .contains("\"status\":503")
                    .doesNotContain("app REQUEST");
        }
        assertThat(get(null, "/app/open/x")).contains("\"status\":503").doesNotContain("app REQUEST");
    }

    /** With a connector that verifies its clients no subject is forged: the application may log in by subject. */
    @Test
    void startsNextToALoginWithAVerifyingConnector() throws Exception {
        tomcat.verifyClientsByFile(AUTHORITY);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.addAuthenticator(context);

        assertThat(tomcat.startAndReturnFailures()).isEmpty();
        assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-404"));
    }

    @Test
    void refusesToStartOpenNextToALoginWithSslValve() throws Exception {
        tomcat.verifyClientsByFile(AUTHORITY);
        tomcat.addEngineValve(new SSLValve());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/open/*")));
        SubjectLogin.addAuthenticator(context);

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    @Test
    void refusesToStartOpenNextToALoginWithAjpWithoutSecret() throws Exception {
        tomcat.verifyClientsByFile(AUTHORITY);
        Connector ajp = new Connector("AJP/1.3");
        ajp.setPort(0);
        ajp.setProperty("address", "127.0.0.1");
        ajp.setProperty("secretRequired", "false");
        tomcat.engine().getService().addConnector(ajp);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/open/*")));
        SubjectLogin.addAuthenticator(context);

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    /** With a pinned key a client can certify any subject itself, and the authenticator would believe it before the gate decides. */
    @ParameterizedTest
    @ValueSource(strings = {"SSLAuthenticator", "another authenticator"})
    void refusesToStartAfterALoginBySubject(String kind) throws Exception {
        context.setLoginConfig(new LoginConfig("CLIENT-CERT", null, null, null));
        context.getPipeline()
                .addValve(kind.equals("SSLAuthenticator") ? new SSLAuthenticator() : new BasicAuthenticator());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("publicKeyPins", "sha256/" + ALICE.pin())));
        Constraints.require(context, "/admin/*", "admin");
        context.setLoginConfig(new LoginConfig("CLIENT-CERT", null, null, null));

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]", "before the gate");
        assertThat(context.getState()).isNotEqualTo(LifecycleState.STARTED);
    }

    /** A password login before the gate would let unlisted clients try passwords, and show them its page. */
    @Test
    void refusesToStartAfterALoginByPassword() throws Exception {
        context.setLoginConfig(new LoginConfig("BASIC", null, null, null));
        context.getPipeline().addValve(new BasicAuthenticator());
        context.getPipeline().addValve(FrontEnd.valve(LISTS_ALICE));

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]", "before the gate");
    }

    /** Tomcat drops a valve whose start fails in a running container, and would serve without it. */
    @ParameterizedTest
    @ValueSource(strings = {"Engine", "Host", "Context"})
    void answers503WithAGateAddedToARunningContainerThatCannotStart(String where) throws Exception {
        tomcat.start();
        assertThat(get(null, "/app/x")).contains("app REQUEST");

        switch (where) {
            case "Engine" -> tomcat.addEngineValve(new ClientCertificateValve());
            case "Host" -> tomcat.addHostValve(new ClientCertificateValve());
            default -> tomcat.addContextValve(context, new ClientCertificateValve());
        }

        assertThat(get(null, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
        assertThat(get(ALICE, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-300 no gate is running at ["));
    }

    @Test
    void answers503WithAGateAddedOverJmxWithoutSettings() throws Exception {
        tomcat.start();
        ObjectName host = ((StandardHost) tomcat.host()).getObjectName();

        ManagementFactory.getPlatformMBeanServer()
                .invoke(host, "addValve", new Object[] {ClientCertificateValve.class.getName()}, new String[] {
                    "java.lang.String"
                });

        assertThat(get(null, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
    }

    /** The administrator's fix in a running container takes effect with the next start of the valve. */
    @Test
    void judgesRequestsOnceAGateAddedToARunningContainerCanStart() throws Exception {
        tomcat.start();
        ClientCertificateValve valve = new ClientCertificateValve();
        tomcat.addHostValve(valve);
        valve.stop();
        valve.setProperty("thumbprints", ALICE.sha256());
        valve.start();

        assertThat(get(ALICE, "/app/x")).contains("verdict=admitted");
        assertThat(get(null, "/app/x")).contains("\"status\":401");
    }

    @Test
    void reportsAnApplicationThatIsDeployedLaterWithoutAGate() throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(LISTS_ALICE));
        tomcat.start();
        assertThat(log.messages("TK-404")).isEmpty();

        Context later = tomcat.addContext("/later");

        assertThat(log.messages("TK-404")).singleElement().asString().contains("application [/later] has no gate");
        later.reload();
        assertThat(log.messages("TK-404")).hasSize(2);
    }

    @Test
    void reportsAnUnguardedApplicationOnceForAllGates() throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(LISTS_ALICE));
        tomcat.addContext("/second").getPipeline().addValve(FrontEnd.valve(LISTS_ALICE));
        tomcat.start();

        tomcat.addContext("/later");

        assertThat(log.messages("TK-404")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/*, REQUEST, 0", "/*, FORWARD, 1", "/secret/*, REQUEST, 1", ", , 1"})
    void recognizesAFilterAsAGateOnlyIfItSeesEveryRequest(String pattern, String dispatcher, int reports)
            throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(LISTS_ALICE));
        Context filtered = tomcat.addContext("/filtered");
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilterClass(ClientCertificateFilter.class.getName());
        filter.setAsyncSupported("true");
        filter.addInitParameter("thumbprints", ALICE.sha256());
        filtered.addFilterDef(filter);
        if (pattern != null) {
            FilterMap mapping = new FilterMap();
            mapping.setFilterName("gate");
            mapping.addURLPattern(pattern);
            mapping.setDispatcher(dispatcher);
            filtered.addFilterMap(mapping);
        }
        tomcat.startAndReturnFailures();

        // A filter that is mapped nowhere does not start, and Tomcat does not serve its application.
        assertThat(filtered.getState() == LifecycleState.STARTED).isEqualTo(pattern != null);
        assertThat(log.messages("TK-404")).hasSize(pattern == null ? 0 : reports);
    }

    @Test
    void refusesToStartAFilterWithoutAMapping() throws Exception {
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilterClass(ClientCertificateFilter.class.getName());
        LISTS_ALICE.forEach(filter::addInitParameter);
        context.addFilterDef(filter);

        tomcat.startAndReturnFailures();

        assertThat(context.getState()).isNotEqualTo(LifecycleState.STARTED);
        assertThat(get(null, "/app/x")).doesNotContain("app REQUEST");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void warnsOfARefusalThatShowsTheServerVersion(FrontEnd frontEnd) throws Exception {
        frontEnd.guard(tomcat.addContext("/bare"), Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container"));
        tomcat.start();

        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-418"))
                .singleElement()
                .asString()
                .contains("error page for status [401]");
    }

    @Test
    void doesNotWarnIfTheApplicationHasAnErrorPage() throws Exception {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(401);
        page.setLocation("/refused");
        Context dressed = tomcat.addContext("/dressed");
        dressed.addErrorPage(page);
        dressed.getPipeline()
                .addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container")));
        tomcat.start();

        assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-418"));
    }

    @Test
    void doesNotWarnIfTheHostHidesTheServerVersion() throws Exception {
        ErrorReportValve report = new ErrorReportValve();
        report.setShowServerInfo(false);
        ((StandardHost) tomcat.host()).setErrorReportValveClass("");
        tomcat.addHostValve(report);
        Context bare = tomcat.addContext("/bare");
        bare.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container")));
        tomcat.start();

        assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-418"));
        assertThat(get(null, "/bare/x")).contains("401").doesNotContain("Apache Tomcat/");
    }

    private String get(TestCertificate certificate, String path) throws Exception {
        return GuardedTomcat.client(certificate).get(tomcat.https(path)).body();
    }
}
