/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Principal;
import java.util.Collections;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Reports how the application sees a request, one line for each fact. */
public final class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String FILTER = "io.github.thumbkeeper.filter.ClientCertificateFilter";
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        PrintWriter out = response.getWriter();
        Principal principal = request.getUserPrincipal();
        out.println("application " + request.getContextPath());
        out.println("dispatcher " + request.getDispatcherType());
        out.println("protocol " + request.getProtocol());
        out.println("principal " + (principal == null ? null : principal.getName()));
        out.println("remoteUser " + request.getRemoteUser());
        out.println("authType " + request.getAuthType());
        out.println("orders " + request.isUserInRole("orders"));
        out.println("audit " + request.isUserInRole("audit"));
        out.println("certificate "
                + (request.getAttribute(CERTIFICATES) != null
                        || Collections.list(request.getAttributeNames()).contains(CERTIFICATES)));
        for (String attribute : new String[] {"verdict", "reason", "thumbprint", "label"}) {
            out.println(attribute + " " + request.getAttribute("io.github.thumbkeeper." + attribute));
        }
        reportContainer(getServletContext(), out);
        out.println("loader " + Marker.HERE);
        out.println("filter " + filterLoader());
        out.println("context service " + hasContextService());
        Heap.threads().forEach(thread -> out.println("thread " + thread));
        if ("/leaks".equals(request.getServletPath())) {
            out.println("loaders " + Heap.instances(Marker.class.getName()));
            out.println("filters " + Heap.instances(FILTER));
        }
    }

    private static @Nullable String filterLoader() {
        try {
            Class<?> filter =
                    Class.forName(FILTER, false, Thread.currentThread().getContextClassLoader());
            return Integer.toHexString(System.identityHashCode(filter.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static boolean hasContextService() {
        try {
            return new InitialContext().lookup("java:comp/DefaultContextService") != null;
        } catch (NamingException e) {
            return false;
        }
    }

    private static void reportContainer(ServletContext context, PrintWriter out) {
        out.println("server " + context.getServerInfo());
        out.println("servlet " + context.getMajorVersion() + "." + context.getMinorVersion());
    }
}
