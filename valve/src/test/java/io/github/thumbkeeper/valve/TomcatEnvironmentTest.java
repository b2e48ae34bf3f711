/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyStore;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.SSLValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomcatEnvironmentTest {

    private final TestServer server = new TestServer();
    private final StandardContext context = server.context("/app");
    private final TomcatEnvironment environment = new TomcatEnvironment(context);

    @Test
    void needsAnEngine() {
        assertThatThrownBy(() -> new TomcatEnvironment(new StandardContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Engine");
    }

    @Test
    void warnsOfAConnectorWithoutTls() {
        assertThat(environment.connectorsWithoutCertificates(false))
                .singleElement()
                .asString()
                .startsWith("TK-401 ")
                .contains("has no TLS");
        assertThat(environment.connectorsWithoutCertificates(true)).isEmpty();

        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("optional");
        server.connector.setProperty("SSLEnabled", "true");
        server.connector.addSslHostConfig(tls);
        assertThat(environment.connectorsWithoutCertificates(false)).isEmpty();
    }

    @Test
    void warnsOfAConnectorWithTlsThatAsksForNoCertificate() {
        tls("none");

        assertThat(environment.connectorsWithoutCertificates(false))
                .singleElement()
                .asString()
                .startsWith("TK-401 ")
                .contains("is \"none\", or is not set; expected \"optional\" or \"required\"");
        assertThat(environment.defaultAuthorities()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "required"})
    @DisplayName("without a trust store the public authorities of the Java runtime decide about clients")
    void warnsOfDefaultAuthorities(String verification) throws Exception {
        SSLHostConfig tls = tls(verification);
        assertThat(environment.defaultAuthorities())
                .singleElement()
                .asString()
                .startsWith("TK-421 SSLHostConfig [_default_] of connector [")
                .contains(
                        "truststoreFile",
                        "trustManagerClassName=\"" + AnyClientCertificateTrustManager.class.getName());

        tls.setTrustManagerClassName(AnyClientCertificateTrustManager.class.getName());
        assertThat(environment.defaultAuthorities()).isEmpty();

        tls.setTrustManagerClassName(null);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        tls.setTrustStore(anchors);
        assertThat(environment.defaultAuthorities()).isEmpty();
    }

    private SSLHostConfig tls(String verification) {
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification(verification);
        server.connector.setProperty("SSLEnabled", "true");
        server.connector.addSslHostConfig(tls);
        return tls;
    }

    @Test
    @DisplayName("an AJP peer without a secret is never trusted, whether certificates come in a header or not")
    void warnsOfAjpWithoutASecret() {
        Connector ajp = new Connector("AJP/1.3");
        ajp.setProperty("secretRequired", "false");
        server.service.addConnector(ajp);

        assertThat(environment.connectorsWithoutCertificates(true))
                .singleElement()
                .asString()
                .contains("secretRequired=\"true\"");
        assertThat(environment.deliversForgedSubjects()).isTrue();
    }

    @Test
    void warnsOfValvesThatTrustHeaders() {
        assertThat(environment.unsafeValves()).isEmpty();

        server.host.getPipeline().addValve(new SSLValve());
        RemoteIpValve remote = new RemoteIpValve();
        remote.setRequestAttributesEnabled(false);
        server.engine.getPipeline().addValve(remote);

        assertThat(environment.unsafeValves())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("TK-407 SSLValve of [localhost]"))
                .anyMatch(line -> line.startsWith("TK-408 RemoteIpValve of [test]"));
        assertThat(environment.deliversForgedSubjects()).isTrue();
    }

    @Test
    void findsALoginBeforeTheValveOnly() {
        context.getPipeline().addValve(new NonLoginAuthenticator());
        context.getPipeline().addValve(new ClientCertificateValve());
        context.getPipeline().addValve(new BasicAuthenticator());
        assertThat(environment.contextsWithEarlierLogin()).isEmpty();

        StandardContext other = server.context("");
        other.getPipeline().addValve(new BasicAuthenticator());
        other.getPipeline().addValve(new ClientCertificateValve());
        assertThat(new TomcatEnvironment(other).contextsWithEarlierLogin()).containsExactly("/");
    }

    @Test
    void findsLoginsByTheSubjectOfTheCertificate() {
        assertThat(environment.contextsWithClientCertLogin()).isEmpty();

        context.getPipeline().addValve(new SSLAuthenticator());

        assertThat(environment.contextsWithClientCertLogin()).containsExactly("/app");
        assertThat(TomcatEnvironment.hasClientCertLogin(context)).isTrue();
    }

    @Test
    void findsErrorPagesThatShowTomcatsVersion() {
        assertThat(environment.namesVersionInErrors(401)).isFalse();

        ErrorReportValve report = new ErrorReportValve();
        server.host.getPipeline().addValve(report);
        assertThat(environment.namesVersionInErrors(401)).isTrue();

        ErrorPage page = new ErrorPage();
        page.setErrorCode(401);
        page.setLocation("/refused.html");
        context.addErrorPage(page);
        assertThat(environment.namesVersionInErrors(401)).isFalse();
        assertThat(environment.namesVersionInErrors(403)).isTrue();

        report.setShowServerInfo(false);
        assertThat(environment.namesVersionInErrors(403)).isFalse();
    }
}
