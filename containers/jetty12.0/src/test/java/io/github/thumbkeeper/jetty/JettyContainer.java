/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jetty;

import io.github.thumbkeeper.conformance.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Drives every version of Jetty: there is an adapter for 12.0 only, and its applications see the classes of the tests. */
public final class JettyContainer implements DeployableContainer<JettyContainer.Configuration> {

    private final Server server = new Server();
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final Map<String, ContextHandler> deployed = new ConcurrentHashMap<>();

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
        server.setHandler(applications);
        server.addConnector(
                TlsConnector.create(server, site.folder().resolve("server.p12").toString(), site.https()));
        try {
            server.start();
        } catch (Exception e) {
            throw new LifecycleException("Jetty did not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new LifecycleException("Jetty did not stop", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            Path war = Files.createDirectories(Site.current().target("webapps")).resolve(archive.getName());
            archive.as(ZipExporter.class).exportTo(war.toFile(), true);
            ContextHandler application = application(war);
            application.setContextPath("/" + archive.getName().replace(".war", ""));
            deployed.put(archive.getName(), application);
            applications.addHandler(application);
            application.start();
            return new ProtocolMetaData();
        } catch (Exception e) {
            throw new DeploymentException(archive.getName() + " was not deployed", e);
        }
    }

    /** The class belongs to the environment, which differs between the versions. */
    private static ContextHandler application(Path war) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.eclipse.jetty." + Jetty.ENVIRONMENT + ".webapp.WebAppContext");
        Object application = type.getConstructor().newInstance();
        type.getMethod("setWar", String.class).invoke(application, war.toString());
        type.getMethod("setThrowUnavailableOnStartupException", boolean.class).invoke(application, true);
        return (ContextHandler) application;
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        ContextHandler application = deployed.remove(archive.getName());
        if (application == null) {
            return;
        }
        try {
            application.stop();
            applications.removeHandler(application);
            application.destroy();
        } catch (Exception e) {
            throw new DeploymentException(archive.getName() + " was not undeployed", e);
        }
    }
}
