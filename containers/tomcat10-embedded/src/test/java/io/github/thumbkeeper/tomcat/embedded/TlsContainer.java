/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat.embedded;

import io.github.thumbkeeper.conformance.Site;
import java.lang.reflect.Field;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jboss.arquillian.container.tomcat.embedded.Tomcat10EmbeddedContainer;

/** Adds a connector with TLS; the adapter opens only one without. */
public final class TlsContainer extends Tomcat10EmbeddedContainer {

    @Override
    protected void startTomcatEmbedded()
            throws org.jboss.arquillian.container.spi.client.container.LifecycleException, LifecycleException {
        super.startTomcatEmbedded();
        Site site = Site.current();
        tomcat().getService().addConnector(connector(site.https(), site.folder().toString()));
    }

    private static Connector connector(int port, String folder) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.addUpgradeProtocol(new Http2Protocol());

        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("optional");
        tls.setTrustManagerClassName("io.github.thumbkeeper.valve.AnyClientCertificateTrustManager");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(folder + "/server.pem");
        certificate.setCertificateKeyFile(folder + "/server-key.pem");
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        return connector;
    }

    private Tomcat tomcat() {
        try {
            Field field = Tomcat10EmbeddedContainer.class.getDeclaredField("tomcat");
            field.setAccessible(true);
            return (Tomcat) field.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the adapter has changed", e);
        }
    }
}
