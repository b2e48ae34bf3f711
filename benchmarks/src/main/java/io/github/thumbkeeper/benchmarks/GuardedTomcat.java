/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.ServletExchange;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.X509TrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A Tomcat on a free port of 127.0.0.1 that lets a gate decide every request. */
final class GuardedTomcat implements AutoCloseable {

    private static final Logger TOMCAT = Logger.getLogger("org.apache");
    private static final String PASSWORD = "changeit";

    private final TestCertificate server =
            TestCertificate.named("CN=127.0.0.1").ec().ipAddress("127.0.0.1").build();
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();

    /** Starts it with TLS 1.3, and with a trust store that holds the client's certificate alone. */
    GuardedTomcat(Path directory, Gate gate, TestCertificate client) throws Exception {
        this(directory, gate, trusting(client));
    }

    /** Starts it with TLS 1.3 and 1.2, and with a trust manager of this class. */
    GuardedTomcat(Path directory, Gate gate, Class<? extends X509TrustManager> trustManager) throws Exception {
        this(directory, gate, trusting(trustManager));
    }

    private GuardedTomcat(Path directory, Gate gate, SSLHostConfig tls) throws Exception {
        TOMCAT.setLevel(Level.WARNING);
        tomcat.setBaseDir(Files.createDirectory(directory.resolve("tomcat")).toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("maxKeepAliveRequests", "-1");
        addServerCertificate(tls);
        connector.addSslHostConfig(tls);
        tomcat.getService().addConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "hello", new Hello()).addMapping("/");
        guard(context, new GateFilter(gate));
        tomcat.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    X509Certificate certificate() {
        return server.certificate();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static SSLHostConfig trusting(TestCertificate client) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.certificate());
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3");
        config.setCertificateVerification("required");
        config.setTrustStore(trusted);
        return config;
    }

    private static SSLHostConfig trusting(Class<? extends X509TrustManager> trustManager) {
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3+TLSv1.2");
        config.setCertificateVerification("optional");
        config.setTrustManagerClassName(trustManager.getName());
        return config;
    }

    private void addServerCertificate(SSLHostConfig config) {
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystore(server.keyStore(PASSWORD));
        own.setCertificateKeystorePassword(PASSWORD);
        config.addCertificate(own);
    }

    private static void guard(Context context, GateFilter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    private static final class Hello extends HttpServlet {
        private static final byte[] BODY = "hello\n".getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }

    /** The work of a front end, without a schedule: the benchmark decides when to reload. */
    private static final class GateFilter extends HttpFilter {
        private final transient Gate gate;

        GateFilter(Gate gate) {
            this.gate = gate;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Verdict verdict = gate.decide(new ServletExchange(request, request, null) {
                @Override
                protected Object readConnection() {
                    return request.getAttribute("jakarta.servlet.request.X509Certificate");
                }
            });
            RequestAttributes.set(request, verdict);
            ErrorResponse error = verdict.errorResponse();
            if (error == null) {
                chain.doFilter(request, response);
            } else {
                ErrorResponseWriter.write(error, request, response);
            }
        }
    }
}
