/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.tls.AnyClientCertificate;
import io.github.thumbkeeper.tls.AnyClientCertificateFactory;
import io.github.thumbkeeper.tls.AnyClientCertificateProvider;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;
import org.apache.tomcat.util.net.jsse.JSSEUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dangers in a gate's Tomcat environment that a check of class and setting names would miss. */
class DisguisedDangerIT {

    private static final TestCertificate SERVER = GuardedTomcat.SERVER;
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate FORGER =
            TestCertificate.named("CN=admin").build();
    private static final String DEFAULT_ALGORITHM = "ssl.TrustManagerFactory.algorithm";

    private final String algorithmBefore = Security.getProperty(DEFAULT_ALGORITHM);
    private final GuardedTomcat server = new GuardedTomcat();
    private final TestTomcat tomcat = server.tomcat();
    private final Context context = server.context();
    private final CapturedLog log = server.log();

    DisguisedDangerIT() throws IOException {
        tomcat.verifyClients(TestCertificate.named("CN=authority").build());
    }

    @BeforeAll
    static void addProviders() {
        Security.addProvider(new AnyClientCertificateProvider());
        Security.addProvider(new HouseProvider());
    }

    @AfterAll
    static void removeProviders() {
        Security.removeProvider(AnyClientCertificateProvider.NAME);
        Security.removeProvider(HouseProvider.NAME);
    }

    @AfterEach
    void stop() throws Exception {
        Security.setProperty(DEFAULT_ALGORITHM, algorithmBefore);
        server.close();
    }

    /** Ways to accept every client certificate that a list of class names cannot contain. */
    enum Disguise {
        SUBCLASS {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                host.setTrustManagerClassName(House.class.getName());
            }
        },
        WRAPPER {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                host.setTrustManagerClassName(Wrapper.class.getName());
            }
        },
        TRUST_MANAGER_THAT_NEEDS_A_CONNECTION {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                host.setTrustManagerClassName(NeedsConnection.class.getName());
            }
        },
        ALGORITHM_OF_ANOTHER_PROVIDER {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                host.setTruststoreAlgorithm(HouseProvider.ALGORITHM);
            }
        },
        DEFAULT_ALGORITHM_OF_THE_JVM {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                Security.setProperty(DEFAULT_ALGORITHM, AnyClientCertificateProvider.ALGORITHM);
                host.setTrustStore(null);
            }
        },
        SSL_CONTEXT_OF_THE_EMBEDDER {
            @Override
            void configure(Connector connector, SSLHostConfig host) throws Exception {
                SSLHostConfigCertificate certificate =
                        host.getCertificates().iterator().next();
                org.apache.tomcat.util.net.SSLContext made =
                        new PermissiveUtil(certificate).createSSLContext(List.of("h2", "http/1.1"));
                PermissiveUtil util = new PermissiveUtil(certificate);
                made.init(util.getKeyManagers(), util.getTrustManagers(), null);
                certificate.setSslContext(made);
            }
        },
        OTHER_IMPLEMENTATION {
            @Override
            void configure(Connector connector, SSLHostConfig host) {
                connector.setProperty("sslImplementationName", PermissiveImplementation.class.getName());
            }
        };

        abstract void configure(Connector connector, SSLHostConfig host) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Disguise.class)
    void refusesToStartOpenNextToALoginWithADisguisedPermissiveConnector(Disguise disguise) throws Exception {
        configure(disguise, tomcat.httpsConnector());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.require(context, "/open/*");

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    /** The gate is at the Host and starts first; the login comes when the application is deployed. */
    @ParameterizedTest
    @EnumSource(Disguise.class)
    void doesNotLogInAForgedSubjectWithADisguisedPermissiveConnector(Disguise disguise) throws Exception {
        configure(disguise, tomcat.httpsConnector());
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/app/open/*")));
        tomcat.start();
        SubjectLogin.require(context, "/open/*");

        assertThat(forge(tomcat.https("/app/open/x")))
                .contains("\"status\":503")
                .doesNotContain("app REQUEST");
    }

    @Test
    void refusesToStartOpenNextToALoginIfOneOfTwoVirtualHostsIsPermissive() throws Exception {
        SSLHostConfig other = new SSLHostConfig();
        other.setHostName("other.example");
        other.setCertificateVerification("optional");
        other.setTrustManagerClassName(AnyClientCertificateTrustManager.class.getName());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(other, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(SERVER.keyStore("changeit"));
        certificate.setCertificateKeystorePassword("changeit");
        other.addCertificate(certificate);
        tomcat.httpsConnector().addSslHostConfig(other);
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.require(context, "/open/*");

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    /** The store may become readable later, and the connector be started then. */
    @Test
    void refusesToStartOpenNextToALoginIfTheHandshakeCannotBeDetermined() throws Exception {
        for (SSLHostConfig host : tomcat.httpsConnector().findSslHostConfigs()) {
            host.setTrustStore(null);
            host.setTruststoreFile("/nonexistent/trust.p12");
        }
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.require(context, "/open/*");

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]");
    }

    @Test
    void warnsOfAHandshakeThatCannotBeDetermined() throws Exception {
        configure(Disguise.TRUST_MANAGER_THAT_NEEDS_A_CONNECTION, tomcat.httpsConnector());
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();

        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-416"))
                .singleElement()
                .asString()
                .contains("SSLHostConfig [_default_]", NeedsConnection.class.getName());
    }

    @Test
    void startsNextToALoginWithAVerifyingConnector() throws Exception {
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", "report")));
        SubjectLogin.require(context, "/open/*");

        assertThat(tomcat.startAndReturnFailures()).isEmpty();
        assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-416") || line.startsWith("TK-404"));
    }

    /** The pipeline of a Wrapper runs after that of its Context. */
    @Test
    void refusesToStartInAWrapperAfterALoginBySubject() throws Exception {
        SubjectLogin.require(context, "/open/*");
        context.findChildren()[0]
                .getPipeline()
                .addValve(FrontEnd.valve(Map.of("publicKeyPins", "sha256/" + ALICE.pin())));

        assertThat(tomcat.startAndReturnFailures()).contains("TK-402 application [/app]", "before this valve");
    }

    @Test
    void answers503AfterALoginBySubjectInARunningContext() throws Exception {
        SubjectLogin.require(context, "/open/*");
        tomcat.start();
        context.getPipeline().addValve(FrontEnd.valve(Map.of("publicKeyPins", "sha256/" + ALICE.pin())));

        assertThat(get(null, "/app/x")).contains("\"status\":503").doesNotContain("app REQUEST");
    }

    @Test
    void doesNotLogInAForgedSubjectThroughAConnectorThatIsAddedLater() throws Exception {
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "exclude", "/app/open/*")));
        SubjectLogin.require(context, "/open/*");
        tomcat.start();

        URI open = addPermissiveConnector().resolve("/app/open/x");

        assertThat(forge(open)).contains("\"status\":503").doesNotContain("app REQUEST");
    }

    @Test
    void reportsApplicationsWithoutAGateAgainIfAPermissiveConnectorIsAdded() throws Exception {
        Context guarded = tomcat.addContext("/guarded");
        guarded.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();
        assertThat(log.messages("TK-404")).isEmpty();

        addPermissiveConnector();

        assertThat(log.messages("TK-404")).singleElement().asString().contains("application [/app] has no gate");
    }

    /** The outer gate shows the certificate from the header, whose subject is unverified; the inner one withdraws the principal. */
    @ParameterizedTest
    @ValueSource(strings = {"annotate", "report"})
    void doesNotLogInAForgedSubjectFromTheHeaderOfAnOuterGate(String mode) throws Exception {
        tomcat.addPlainHttp();
        tomcat.addHostValve(FrontEnd.valve(Map.of(
                "publicKeyPins",
                "sha256/" + FORGER.pin(),
                "certificateHeader",
                "haproxy",
                "trustedProxies",
                "127.0.0.1")));
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "mode", mode)));
        SubjectLogin.require(context, "/open/*");
        tomcat.start();

        HttpRequest request = HttpRequest.newBuilder(tomcat.http("/app/open/x"))
                .header(
                        "X-SSL-Client-DER",
                        Base64.getEncoder().encodeToString(FORGER.certificate().getEncoded()))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(answer).contains("\"status\":503").doesNotContain("app REQUEST");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void recognizesAFilterOfTheEmbedderAsAGate(boolean mapped) throws Exception {
        tomcat.httpsConnector()
                .findSslHostConfigs()[0]
                .setTrustManagerClassName(AnyClientCertificateTrustManager.class.getName());
        context.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        Context filtered = tomcat.addContext("/filtered");
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilter(new ClientCertificateFilter(Map.of("thumbprints", ALICE.sha256())));
        filter.setAsyncSupported("true");
        filtered.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern(mapped ? "/*" : "/secret/*");
        filtered.addFilterMap(mapping);
        tomcat.start();

        assertThat(log.messages("TK-404")).hasSize(mapped ? 0 : 1);
    }

    /** Tomcat drops a valve that was removed before, and would serve without it. */
    @Test
    void refusesToAddARemovedGateAgain() throws Exception {
        ClientCertificateValve valve = FrontEnd.valve(Map.of("thumbprints", ALICE.sha256()));
        tomcat.addHostValve(valve);
        tomcat.start();
        tomcat.host().getPipeline().removeValve(valve);

        assertThatThrownBy(() -> tomcat.addHostValve(valve))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("removed gate");
    }

    @Test
    void judgesAgainAfterARestartOfTheHost() throws Exception {
        tomcat.addHostValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256())));
        tomcat.start();
        tomcat.host().stop();
        tomcat.host().start();

        assertThat(get(null, "/app/x")).contains("\"status\":401");
    }

    @Test
    void hidesTheServerVersionIfTheApplicationHasNoErrorPage() throws Exception {
        Context bare = tomcat.addContext("/bare");
        bare.getPipeline().addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container")));
        tomcat.start();

        assertThat(get(null, "/bare/x")).contains("\"status\":401").doesNotContain("Apache Tomcat/");
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-418"));
    }

    @Test
    void leavesARefusalToTheErrorPageOfTheHost() throws Exception {
        Path page = Files.writeString(Files.createTempFile("refused", ".html"), "refused by the house");
        try {
            ErrorReportValve report = new ErrorReportValve();
            report.setProperty("errorCode.401", page.toString());
            ((StandardHost) tomcat.host()).setErrorReportValveClass("");
            tomcat.addHostValve(report);
            Context bare = tomcat.addContext("/bare");
            bare.getPipeline()
                    .addValve(FrontEnd.valve(Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container")));
            tomcat.start();

            assertThat(get(null, "/bare/x")).contains("refused by the house");
            assertThat(log.messages()).noneMatch(line -> line.startsWith("TK-418"));
        } finally {
            Files.delete(page);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<login-config><auth-method> CLIENT-CERT </auth-method></login-config>, TK-417",
        "<login-config><auth-method>BASIC</auth-method></login-config>, ''",
    })
    void filterWarnsOfALoginByTheSubjectBeforeIt(String element, String code) throws Exception {
        webXml(element);
        FrontEnd.FILTER.guard(context, Map.of("thumbprints", ALICE.sha256()));
        tomcat.start();

        assertThat(log.messages().stream().filter(line -> line.startsWith("TK-417")))
                .hasSize(code.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "<error-page><error-code>401</error-code><location>/x</location></error-page>, 0",
        "<error-page><location>/x</location></error-page>, 0",
        "<error-page><error-code>404</error-code><location>/x</location></error-page>, 1",
        "<error-page><exception-type>java.lang.Exception</exception-type><location>/x</location></error-page>, 1",
    })
    void filterWarnsOfTheContainersErrorPageUnlessWebXmlHasOne(String element, int warnings) throws Exception {
        webXml(element);
        FrontEnd.FILTER.guard(context, Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container"));
        tomcat.start();

        assertThat(log.messages().stream().filter(line -> line.startsWith("TK-418")))
                .hasSize(warnings);
    }

    private void webXml(String element) throws IOException {
        Path folder = Files.createDirectories(Path.of(context.getDocBase()).resolve("WEB-INF"));
        Files.writeString(folder.resolve("web.xml"), "<web-app>" + element + "</web-app>");
    }

    private static void configure(Disguise disguise, Connector connector) throws Exception {
        for (SSLHostConfig host : connector.findSslHostConfigs()) {
            disguise.configure(connector, host);
        }
    }

    /** Returns the address of a new connector that lets every client certificate through. */
    private URI addPermissiveConnector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("optional");
        host.setTrustManagerClassName(AnyClientCertificateTrustManager.class.getName());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(SERVER.keyStore("changeit"));
        certificate.setCertificateKeystorePassword("changeit");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        tomcat.engine().getService().addConnector(connector);
        return URI.create("https://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    /** On TLS 1.2 the authenticator can ask the connector for the certificate again. */
    private static String forge(URI address) throws Exception {
        return TlsClient.trusting(SERVER.certificate())
                .presenting(FORGER)
                .tls("TLSv1.2")
                .build()
                .get(address)
                .body();
    }

    private String get(TestCertificate certificate, String path) throws Exception {
        return GuardedTomcat.client(certificate).get(tomcat.https(path)).body();
    }

    /** A subclass under an in-house name. */
    public static final class House extends AnyClientCertificate {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}
    }

    /** Delegates to the permissive trust manager. */
    public static final class Wrapper implements X509TrustManager {
        private final X509TrustManager wrapped = new AnyClientCertificateTrustManager();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            wrapped.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            wrapped.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return wrapped.getAcceptedIssuers();
        }
    }

    /** Accepts every client of a connection, and fails without a connection. */
    public static final class NeedsConnection extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            engine.getHandshakeSession().getProtocol();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("expected an engine");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("expected an engine");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The permissive algorithm under another name. */
    public static final class HouseProvider extends Provider {
        private static final long serialVersionUID = 1L;
        static final String NAME = "House";
        static final String ALGORITHM = "HouseX509";

        HouseProvider() {
            super(NAME, "1", "The permissive algorithm under another name");
            put("TrustManagerFactory." + ALGORITHM, AnyClientCertificateFactory.class.getName());
        }
    }

    /** JSSE with the in-house trust manager, whatever the configuration says. */
    public static final class PermissiveImplementation extends JSSEImplementation {
        @Override
        public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
            return new PermissiveUtil(certificate);
        }
    }

    /** Trusts every client, whatever the configuration says. */
    static final class PermissiveUtil extends JSSEUtil {
        PermissiveUtil(SSLHostConfigCertificate certificate) {
            super(certificate);
        }

        @Override
        public TrustManager[] getTrustManagers() {
            return new TrustManager[] {new House()};
        }
    }
}
