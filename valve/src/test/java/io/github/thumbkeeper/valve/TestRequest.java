/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.servlet.RequestAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.OutputBuffer;
import org.jspecify.annotations.Nullable;

/** A request and its response as Tomcat's connector makes them, without a socket. */
final class TestRequest extends Request {

    final StringBuilder body = new StringBuilder();
    private final org.apache.coyote.Request connection = new org.apache.coyote.Request();

    /** The existing session, or null. */
    @Nullable
    Session existingSession;

    TestRequest(Connector connector, Context context) {
        super(connector);
        org.apache.coyote.Response answer = new org.apache.coyote.Response();
        answer.setOutputBuffer(new Body());
        connection.setResponse(answer);
        setCoyoteRequest(connection);
        Response response = new Response();
        response.setCoyoteResponse(answer);
        setResponse(response);
        response.setRequest(this);
        connection.requestURI().setString(context.getPath() + "/x");
        connection.setMethod("GET");
        getMappingData().context = context;
        getMappingData().wrapperPath.setString("/x");
    }

    /** Presents a certificate in the TLS connection. */
    TestRequest presenting(X509Certificate certificate) {
        connection.setAttribute(RequestAttributes.CLIENT_CERTIFICATES, new X509Certificate[] {certificate});
        return this;
    }

    TestRequest header(String name, String value) {
        connection.getMimeHeaders().addValue(name).setString(value);
        return this;
    }

    @Override
    public @Nullable Session getSessionInternal(boolean create) {
        return existingSession;
    }

    private final class Body implements OutputBuffer {
        private long written;

        @Override
        public int doWrite(ByteBuffer chunk) {
            int count = chunk.remaining();
            body.append(StandardCharsets.UTF_8.decode(chunk));
            written += count;
            return count;
        }

        @Override
        public long getBytesWritten() {
            return written;
        }
    }
}
