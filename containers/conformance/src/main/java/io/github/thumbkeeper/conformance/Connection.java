/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a container.
 *
 * @param tls the version of TLS; for the older one nothing newer is offered
 * @param http2 whether HTTP/2 is offered
 */
public record Connection(String tls, boolean http2) {

    private static final System.Logger LOGGER = System.getLogger(Connection.class.getName());
    private static final String NEWER = "TLSv1.3";
    private static final String OLDER = "TLSv1.2";

    /** The default of a client. */
    public static final Connection USUAL = new Connection(NEWER, false);

    /** Each version of TLS with each of HTTP. */
    public static List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        for (String tls : List.of(NEWER, OLDER)) {
            for (boolean http2 : new boolean[] {false, true}) {
                all.add(new Connection(tls, http2));
            }
        }
        return all;
    }

    /** A client with this certificate, or with none. */
    public TlsClient of(@Nullable TestCertificate certificate) {
        TlsClient.Builder builder =
                TlsClient.trusting(Site.SERVER.certificate()).http2(http2);
        if (tls.equals(OLDER)) {
            builder.tls(tls);
        }
        return (certificate == null ? builder : builder.presenting(certificate)).build();
    }

    /** Gets a path with this certificate, or with none; fails if the connection is of another kind. */
    HttpResponse<String> get(String path, @Nullable TestCertificate certificate)
            throws IOException, InterruptedException {
        HttpResponse<String> response = ask(path, certificate);
        assertThat(response.sslSession().map(SSLSession::getProtocol)).hasValue(tls);
        assertThat(response.version()).isEqualTo(http2 ? Version.HTTP_2 : Version.HTTP_1_1);
        return response;
    }

    /** Grizzly breaks an HTTP/2 connection from time to time ("Tag mismatch!"); without an answer the request is repeated once. */
    private HttpResponse<String> ask(String path, @Nullable TestCertificate certificate)
            throws IOException, InterruptedException {
        try {
            return of(certificate).get(Site.current().https(path));
        } catch (SSLException e) {
            LOGGER.log(Level.WARNING, this + ": asked once more after " + e);
            return of(certificate).get(Site.current().https(path));
        }
    }

    @Override
    public String toString() {
        return tls + (http2 ? " HTTP/2" : " HTTP/1.1");
    }
}
