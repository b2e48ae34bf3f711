/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;

/**
 * A Tomcat for tests with a proxy, with one application twice: {@code /valve} and {@code /filter} are named after their
 * gates.
 *
 * <p>The application reports the user, the SHA-256 of the certificate that it sees, and the header fields.
 */
final class TwoFrontEnds implements AutoCloseable {

    /** Shown to a proxy that connects with TLS. */
    static final TestCertificate SERVER = TestCertificate.named("CN=tomcat")
            .dnsName("tomcat.example.org")
            .ipAddress("127.0.0.1")
            .build();

    private final CapturedLog log = new CapturedLog();
    private final TestTomcat tomcat;
    private final Connector ajp = new Connector("AJP/1.3");

    TwoFrontEnds() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        tomcat.addPlainHttp();
    }

    /** Sets these attributes of both connectors. */
    TwoFrontEnds connectors(Map<String, String> attributes) {
        for (Connector connector : tomcat.engine().getService().findConnectors()) {
            attributes.forEach(connector::setProperty);
        }
        return this;
    }

    /** Adds a connector for AJP. */
    TwoFrontEnds ajp(Map<String, String> attributes) {
        ajp.setPort(0);
        ajp.setProperty("address", "127.0.0.1");
        attributes.forEach(ajp::setProperty);
        tomcat.engine().getService().addConnector(ajp);
        return this;
    }

    /** Adds a valve before all others. */
    TwoFrontEnds first(Valve valve) {
        tomcat.addEngineValve(valve);
        return this;
    }

    /** Guards both applications with these settings, the filter with some more, and starts. */
    TwoFrontEnds start(Map<String, String> settings, Map<String, String> filterOnly)
            throws IOException, LifecycleException {
        Map<String, String> filter = new HashMap<>(settings);
        filter.putAll(filterOnly);
        add("/valve", FrontEnd.VALVE, settings);
        add("/filter", FrontEnd.FILTER, filter);
        tomcat.start();
        return this;
    }

    /** The address of its connector without TLS. */
    URI plain() {
        return tomcat.http("/");
    }

    /** The address of its connector with TLS. */
    URI tls() {
        return tomcat.https("/");
    }

    /** The address of its connector for AJP. */
    URI overAjp() {
        return URI.create("ajp://127.0.0.1:" + ajp.getLocalPort() + "/");
    }

    CapturedLog log() {
        return log;
    }

    /** The path that this one guards. */
    static String path(FrontEnd frontEnd) {
        return "/" + frontEnd.name().toLowerCase(Locale.ROOT) + "/x";
    }

    /** The report of the application about an admitted request. */
    static String seen(String user, TestCertificate certificate) {
        return "user=" + user + " certificate=" + certificate.sha256() + "\n";
    }

    @Override
    public void close() throws LifecycleException, IOException {
        try {
            tomcat.close();
        } finally {
            log.close();
        }
    }

    private void add(String path, FrontEnd frontEnd, Map<String, String> settings) throws IOException {
        Context context = tomcat.addContext(path);
        tomcat.addServlet(context, "/*", new Seen());
        frontEnd.guard(context, settings);
    }

    private static final class Seen extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter()
                    .print("user=" + request.getRemoteUser() + " certificate="
                            + thumbprint(request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES)) + "\n");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String name : Collections.list(request.getHeaderNames())) {
                headers.put(name, String.join(" | ", Collections.list(request.getHeaders(name))));
            }
            for (Map.Entry<String, String> header : headers.entrySet()) {
                response.getWriter().print(header.getKey() + ": " + header.getValue() + "\n");
            }
        }

        private static String thumbprint(Object chain) {
            try {
                return chain == null
                        ? "none"
                        : HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(((X509Certificate[]) chain)[0].getEncoded()));
            } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
