/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Globals;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat inside the test on 127.0.0.1 with a free port; it requests a client certificate and verifies none.
 *
 * <p>Speaks TLS 1.3 and 1.2, HTTP/1.1 and HTTP/2. Its folder is temporary and is deleted by {@link #close()}.
 */
final class TestTomcat implements AutoCloseable {
    /**
     * Leaves out messages of no interest to a test: memory that a stopped application holds, and TLS 1.3 requesting a
     * certificate only once. Kept in a field because the JDK holds loggers, and so their levels, weakly.
     */
    private static final Map<Logger, Level> LOGGING = Map.of(
            Logger.getLogger("org.apache"), Level.WARNING,
            Logger.getLogger("org.apache.catalina.loader"), Level.SEVERE,
            Logger.getLogger("org.apache.tomcat.util.net.SSLUtilBase"), Level.SEVERE);

    private static final String ADDRESS = "127.0.0.1";
    private static final String PASSWORD = "changeit";

    static {
        LOGGING.forEach(Logger::setLevel);
        // A JVM accepts this factory only once, and it would belong to the first Tomcat.
        TomcatURLStreamHandlerFactory.disable();
    }

    private final Tomcat tomcat = new Tomcat();
    private final Path base;
    private final Connector https;
    private @Nullable Connector http;

    /** Prepares a Tomcat with this server certificate that passes client certificates to this trust manager. */
    TestTomcat(TestCertificate server, Class<?> trustManager) throws IOException {
        base = Files.createTempDirectory("thumbkeeper-tomcat");
        tomcat.setBaseDir(base.toString());
        tomcat.getHost()
                .setAppBase(Files.createDirectory(base.resolve("webapps")).toString());
        https = connector();
        https.setScheme("https");
        https.setSecure(true);
        https.setProperty("SSLEnabled", "true");
        https.addSslHostConfig(tls(server, trustManager.getName()));
        https.addUpgradeProtocol(new Http2Protocol());
    }

    /** Adds a connector without TLS. */
    void addPlainHttp() {
        http = connector();
    }

    /** Adds an application without files; the path is empty or begins with a slash. */
    Context addContext(String path) throws IOException {
        return tomcat.addContext(path, Files.createTempDirectory(base, "app").toString());
    }

    /** Adds an application from a folder, with its {@code WEB-INF/web.xml} and, if there is one, its {@code META-INF/context.xml}. */
    Context addApplication(String path, Path folder) {
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp(path, folder.toString());
        // The class path of the test has nothing to find, and takes long to search.
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        return context;
    }

    /** The folder that paths of the valve are relative to. */
    Path base() {
        return base;
    }

    /** Gives applications their own JNDI names; call it before you add them. */
    void enableNaming() {
        tomcat.enableNaming();
    }

    /** Makes an application without files, which the test adds to the host itself. */
    Context newContext(String path) throws IOException {
        StandardContext context = new StandardContext();
        context.setName(path);
        context.setPath(path);
        context.setDocBase(Files.createTempDirectory(base, "app").toString());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        return context;
    }

    /** Adds a servlet on the pattern, named after its class and pattern. */
    void addServlet(Context context, String pattern, Servlet servlet) {
        Wrapper wrapper = Tomcat.addServlet(context, servlet.getClass().getName() + pattern, servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping(pattern);
    }

    /** Adds a valve for all hosts. */
    void addEngineValve(Valve valve) {
        engine().getPipeline().addValve(valve);
    }

    /** Adds a valve for all applications. */
    void addHostValve(Valve valve) {
        host().getPipeline().addValve(valve);
    }

    /** Adds a valve for one application. */
    void addContextValve(Context context, Valve valve) {
        context.getPipeline().addValve(valve);
    }

    Engine engine() {
        return tomcat.getEngine();
    }

    Host host() {
        return tomcat.getHost();
    }

    /** The connector with TLS, for changes before the start. */
    Connector httpsConnector() {
        return https;
    }

    /** The TLS settings of the default virtual host, for changes before the start. */
    SSLHostConfig sslHost() {
        return https.findSslHostConfigs()[0];
    }

    /** Lets the connector with TLS verify client certificates against this trust anchor, which it holds in memory. */
    void verifyClients(TestCertificate anchor) {
        sslHost().setTrustManagerClassName(null);
        sslHost().setTrustStore(TestKeyStores.trusted(Map.of("anchor", anchor.certificate())));
    }

    /** Lets the connector with TLS verify client certificates against this trust anchor, and returns the file that it reads. */
    Path verifyClientsByFile(TestCertificate anchor) {
        Path file = base.resolve("trust.p12");
        TestKeyStores.writeTrusted(file, "PKCS12", PASSWORD, Map.of("anchor", anchor.certificate()));
        sslHost().setTrustManagerClassName(null);
        sslHost().setTruststoreFile(file.toString());
        sslHost().setTruststorePassword(PASSWORD);
        return file;
    }

    /** Starts; Tomcat decides whether a valve or an application that cannot start makes this fail. */
    TestTomcat start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    /** Starts, and returns the messages of everything that failed to start; empty if nothing failed. */
    String startAndReturnFailures() {
        RecordedFailures failures = new RecordedFailures();
        try (failures) {
            tomcat.start();
        } catch (LifecycleException e) {
            return failures.text() + e;
        }
        return failures.text();
    }

    /** The address of this path, query included, with TLS; the port is known after the start. */
    URI https(String path) {
        return URI.create("https://" + ADDRESS + ":" + https.getLocalPort() + path);
    }

    /** The address of this path without TLS. */
    URI http(String path) {
        if (http == null) {
            throw new IllegalStateException("addPlainHttp() was not called");
        }
        return URI.create("http://" + ADDRESS + ":" + http.getLocalPort() + path);
    }

    /** Stops Tomcat and removes the folder. */
    @Override
    public void close() throws LifecycleException, IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } finally {
            // The next Tomcat in this JVM would use this folder as its home, and create it again.
            System.clearProperty(Globals.CATALINA_HOME_PROP);
            System.clearProperty(Globals.CATALINA_BASE_PROP);
            Folders.delete(base);
        }
    }

    private Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", ADDRESS);
        tomcat.getService().addConnector(connector);
        return connector;
    }

    private static SSLHostConfig tls(TestCertificate server, String trustManager) {
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3+TLSv1.2");
        config.setCertificateVerification("optional");
        config.setTrustManagerClassName(trustManager);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(server.keyStore(PASSWORD));
        certificate.setCertificateKeystorePassword(PASSWORD);
        config.addCertificate(certificate);
        return config;
    }
}
