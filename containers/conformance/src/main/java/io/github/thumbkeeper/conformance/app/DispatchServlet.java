/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Dispatches the request: {@code /go/forward?to=/x}, also include, async and error. */
public final class DispatchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String to = request.getParameter("to");
        switch (request.getPathInfo()) {
            case "/forward" -> request.getRequestDispatcher(to).forward(request, response);
            case "/include" -> request.getRequestDispatcher(to).include(request, response);
            case "/async" -> dispatch(request.startAsync(), to);
            case "/error" -> response.sendError(500);
            default -> throw new ServletException("no such way");
        }
    }

    private static void dispatch(AsyncContext async, String to) {
        async.setTimeout(10_000);
        async.start(() -> async.dispatch(to));
    }
}
