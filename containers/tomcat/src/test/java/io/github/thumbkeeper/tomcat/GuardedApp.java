/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.servlet.RequestAttributes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** An application that reports how it sees a request, and dispatches requests in every possible way. */
final class GuardedApp {

    private GuardedApp() {}

    static void install(TestTomcat tomcat, Context context) {
        tomcat.addServlet(context, "/*", new Echo());
        tomcat.addServlet(context, "/go/*", new Go());
        ErrorPage page = new ErrorPage();
        page.setErrorCode(500);
        page.setLocation("/error-page");
        context.addErrorPage(page);
        ErrorPage refusal = new ErrorPage();
        refusal.setErrorCode(401);
        refusal.setLocation("/refusal-page");
        context.addErrorPage(refusal);
    }

    /** Writes one line: dispatcher type, user, role, authentication type, certificate, and the gate's attributes. */
    static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getParameter("session") != null) {
                request.getSession(true).setAttribute("seen", "yes");
            }
            Principal principal = request.getUserPrincipal();
            boolean certificate = request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES) != null;
            boolean named =
                    Collections.list(request.getAttributeNames()).contains(RequestAttributes.CLIENT_CERTIFICATES);
            response.setContentType("text/plain");
            response.getWriter()
                    .println("app " + request.getDispatcherType() + " user="
                            + (principal == null ? null : principal.getName()) + " remote=" + request.getRemoteUser()
                            + " orders=" + request.isUserInRole("orders") + " auth=" + request.getAuthType()
                            + " certificate=" + (certificate || named) + " verdict="
                            + request.getAttribute(RequestAttributes.VERDICT) + " reason="
                            + request.getAttribute(RequestAttributes.REASON) + " label="
                            + request.getAttribute(RequestAttributes.LABEL));
        }
    }

    /** Dispatches the request: {@code /go/forward?to=/x}, also include, async, async-with and error. */
    static final class Go extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String to = request.getParameter("to");
            switch (request.getPathInfo()) {
                case "/forward" -> request.getRequestDispatcher(to).forward(request, response);
                case "/include" -> {
                    response.getWriter().println("before");
                    request.getRequestDispatcher(to).include(request, response);
                    response.getWriter().println("after");
                }
                case "/async" -> dispatch(request.startAsync(), to);
                case "/async-with" -> dispatch(request.startAsync(request, response), to);
                case "/error" -> response.sendError(500);
                default -> throw new ServletException("no such way");
            }
        }

        private static void dispatch(AsyncContext async, String to) {
            async.setTimeout(10_000);
            async.start(() -> async.dispatch(to));
        }
    }
}
