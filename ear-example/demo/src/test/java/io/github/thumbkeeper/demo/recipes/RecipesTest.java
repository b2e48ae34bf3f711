/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.demo.WhoServlet;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.testkit.TlsClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {

    private static final String PASSWORD = "changeit";

    private final TestCertificate server =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private final TestCertificate alice = TestCertificate.named("CN=alice").build();
    private final Tomcat tomcat = new Tomcat();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void filterGuardsAnEmbeddedTomcat() throws Exception {
        start(EmbeddedTomcat::guard);

        assertThat(ask(TlsClient.trusting(server.certificate())).statusCode()).isEqualTo(401);
        assertThat(ask(TlsClient.trusting(server.certificate()).presenting(alice))
                        .body())
                .contains(alice.sha256());
    }

    private void start(BiConsumer<Context, String> recipe) throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "who", new WhoServlet()).addMapping("/");
        recipe.accept(context, "sha256:" + alice.sha256());
        tomcat.start();
    }

    private HttpResponse<String> ask(TlsClient.Builder client) throws Exception {
        int port = tomcat.getConnector().getLocalPort();
        return client.build().get(URI.create("https://127.0.0.1:" + port + "/"));
    }

    private Connector connector() throws Exception {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("optional");
        tls.setTrustStore(TestKeyStores.trusted(Map.of("alice", alice.certificate())));
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(server.keyStore(PASSWORD));
        certificate.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        return connector;
    }
}
