/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomee;

import io.github.thumbkeeper.conformance.Site;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomee.embedded.Container;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/** Drives the embedded TomEE, for which there is no adapter. */
public final class TomEeContainer implements DeployableContainer<TomEeContainer.Configuration> {

    private @Nullable Container container;

    /** Has no settings. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {}
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void start() throws LifecycleException {
        Site site = Site.current();
        try {
            org.apache.tomee.embedded.Configuration settings = new org.apache.tomee.embedded.Configuration();
            settings.setHttpPort(site.http());
            settings.setStopPort(-1);
            settings.setDir(
                    Files.createDirectories(site.folder().resolve("tomee")).toString());
            container = new Container(settings);
            container
                    .getTomcat()
                    .getService()
                    .addConnector(connector(site.https(), site.folder().toString()));
        } catch (Exception e) {
            throw new LifecycleException("TomEE did not start", e);
        }
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

    @Override
    public void stop() throws LifecycleException {
        try {
            container.stop();
        } catch (Exception e) {
            throw new LifecycleException("TomEE did not stop", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            Path folder = Files.createDirectories(Site.current().target("webapps"));
            File war = folder.resolve(archive.getName()).toFile();
            archive.as(ZipExporter.class).exportTo(war, true);
            container.deploy(name(archive), war);
            return new ProtocolMetaData();
        } catch (Exception e) {
            throw new DeploymentException(archive.getName() + " was not deployed", e);
        }
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            container.undeploy(name(archive));
        } catch (Exception e) {
            throw new DeploymentException(archive.getName() + " was not undeployed", e);
        }
    }

    private static String name(Archive<?> archive) {
        return archive.getName().replace(".war", "");
    }
}
