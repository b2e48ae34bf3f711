/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** The filters and the valve that the gate is compared with. */
final class Checks {

    static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private Checks() {}

    /** Passes every request. */
    static final class Empty extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }

    /** Reads the certificate and passes every request that has one. */
    static final class AttributeOnly extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chainOfClient
                    && chainOfClient.length > 0) {
                chain.doFilter(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }
    }

    /** Reads the certificate, and sets as many attributes as a filter needs to pass on a decision. */
    static final class ThreeAttributes extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chainOfClient
                    && chainOfClient.length > 0) {
                request.setAttribute("verdict", "admitted");
                request.setAttribute("thumbprint", "sha256");
                request.setAttribute("outcome", Boolean.TRUE);
                chain.doFilter(new HttpServletRequestWrapper(request), response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }
    }

    /** Reads the certificate and replaces it by one that was not used for a long time, in Tomcat's place. */
    static final class Replaced extends HttpFilter {
        private final transient X509Certificate[] others;
        private int next;

        Replaced(X509Certificate... others) {
            this.others = others;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getAttribute(CERTIFICATES) == null) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            next = (next + 1) % others.length;
            request.setAttribute(CERTIFICATES, new X509Certificate[] {others[next]});
            chain.doFilter(request, response);
        }
    }

    /** Computes the digest of the certificate and passes every request: the lower limit for a certificate not seen before. */
    static final class DigestOnly extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            X509Certificate[] presented = (X509Certificate[]) request.getAttribute(CERTIFICATES);
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(presented[0].getEncoded());
                if (digest.length > 0) {
                    chain.doFilter(request, response);
                }
            } catch (GeneralSecurityException e) {
                throw new ServletException(e);
            }
        }
    }

    /** The usual hand-written check: a digest each time, formatted, and compared with one string after the other. */
    static final class Naive extends HttpFilter {
        private final List<String> thumbprints;

        Naive(List<String> thumbprints) {
            this.thumbprints = thumbprints;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            X509Certificate[] presented = (X509Certificate[]) request.getAttribute(CERTIFICATES);
            if (presented != null && isListed(thumbprint(presented[0]))) {
                chain.doFilter(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }

        private boolean isListed(String thumbprint) {
            for (String each : thumbprints) {
                if (each.equalsIgnoreCase(thumbprint)) {
                    return true;
                }
            }
            return false;
        }

        private static String thumbprint(X509Certificate certificate) throws ServletException {
            try {
                StringBuilder hex = new StringBuilder();
                for (byte b : MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())) {
                    hex.append(String.format(Locale.ROOT, "%02X", b));
                }
                return hex.toString();
            } catch (GeneralSecurityException e) {
                throw new ServletException(e);
            }
        }
    }

    /** Asks the connector for the certificate as the gate's valve does, and passes every request that has one. */
    static final class ConnectorOnly extends ValveBase {

        ConnectorOnly() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            connection.action(ActionCode.REQ_SSL_ATTRIBUTE, connection);
            if (connection.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
                getNext().invoke(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        }
    }
}
