/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import com.sun.management.ThreadMXBean;
import io.github.thumbkeeper.testkit.TestCertificate;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A Tomcat on a free port of 127.0.0.1 with equal applications, each with another check before its page. */
final class Applications implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final TestCertificate server =
            TestCertificate.named("CN=127.0.0.1").ec().ipAddress("127.0.0.1").build();
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private final AllocationMeter meter = new AllocationMeter();
    private final List<String> paths = new ArrayList<>();

    /** Makes a Tomcat that trusts the client's certificate. */
    Applications(Path directory, TestCertificate client) throws Exception {
        tomcat.setBaseDir(Files.createDirectory(directory.resolve("tomcat")).toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.addSslHostConfig(tls(client));
        tomcat.getService().addConnector(connector);
        tomcat.getEngine().getPipeline().addValve(meter);
    }

    private SSLHostConfig tls(TestCertificate client) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.certificate());
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3");
        config.setCertificateVerification("required");
        config.setTrustStore(trusted);
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystore(server.keyStore(PASSWORD));
        own.setCertificateKeystorePassword(PASSWORD);
        config.addCertificate(own);
        return config;
    }

    /** Adds an application with these filters, and returns its path. All paths have the same length. */
    String add(Filter... filters) {
        Context context = application();
        for (int i = 0; i < filters.length; i++) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("check" + i);
            definition.setFilter(filters[i]);
            context.addFilterDef(definition);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName("check" + i);
            mapping.addURLPattern("/*");
            context.addFilterMap(mapping);
        }
        return context.getPath() + "/";
    }

    /** Adds an application with this valve, and returns its path. */
    String add(Valve valve) {
        Context context = application();
        context.getPipeline().addValve(valve);
        return context.getPath() + "/";
    }

    private Context application() {
        String path = "/a" + (10 + paths.size());
        paths.add(path);
        Context context = tomcat.addContext(path, null);
        Tomcat.addServlet(context, "hello", new Hello()).addMapping("/");
        return context;
    }

    void start() throws LifecycleException {
        tomcat.start();
    }

    Turns connect(TestCertificate client) throws IOException {
        return new Turns(connector.getLocalPort(), certificate(), client);
    }

    private X509Certificate certificate() {
        return server.certificate();
    }

    /** Returns the bytes that the thread of one request to this path allocates, after many others. */
    long bytes(Turns turns, String path) throws IOException {
        turns.repeat(path, 200);
        meter.least = Long.MAX_VALUE;
        meter.on = true;
        turns.repeat(path, 50);
        meter.on = false;
        return meter.least;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** The page. */
    private static final class Hello extends HttpServlet {
        private static final byte[] BODY = "hello\n".getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }

    /** Counts the bytes that a request allocates in the engine, if switched on; otherwise it costs one comparison. */
    private static final class AllocationMeter extends ValveBase {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private volatile boolean on;
        private volatile long least;

        AllocationMeter() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (!on) {
                getNext().invoke(request, response);
                return;
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            getNext().invoke(request, response);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
    }
}
