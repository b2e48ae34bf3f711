/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/** A Tomcat with the application {@code /app} for a gate; captures Thumbkeeper's log until closed. */
final class GuardedTomcat implements AutoCloseable {

    static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();

    private final CapturedLog log = new CapturedLog();
    private final TestTomcat tomcat;
    private final Context context;

    GuardedTomcat() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        context = tomcat.addContext("/app");
        GuardedApp.install(tomcat, context);
        // A connection stays open however many requests a test sends.
        tomcat.httpsConnector().setProperty("maxKeepAliveRequests", "-1");
    }

    /** Puts a gate before the application, and starts. */
    GuardedTomcat start(FrontEnd frontEnd, Map<String, String> settings) throws LifecycleException {
        frontEnd.guard(context, settings);
        return start();
    }

    /** Starts with whatever has been put before the application. */
    GuardedTomcat start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    TestTomcat tomcat() {
        return tomcat;
    }

    Context context() {
        return context;
    }

    CapturedLog log() {
        return log;
    }

    /** The address of a path of the application, with TLS. */
    URI uri(String path) {
        return tomcat.https("/app" + path);
    }

    /** A client that speaks HTTP/1.1 and presents this certificate, or none. */
    static TlsClient client(@Nullable TestCertificate certificate) {
        return builder(certificate).build();
    }

    /** A client that presents this certificate, or none. */
    static TlsClient.Builder builder(@Nullable TestCertificate certificate) {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        return certificate == null ? builder : builder.presenting(certificate);
    }

    /** Opens a connection that presents this certificate, or none. */
    RawConnection connect(@Nullable TestCertificate certificate) throws IOException {
        return RawConnection.open(uri("/"), client(certificate).sslContext());
    }

    @Override
    public void close() throws LifecycleException, IOException {
        try {
            tomcat.close();
        } finally {
            log.close();
        }
    }
}
