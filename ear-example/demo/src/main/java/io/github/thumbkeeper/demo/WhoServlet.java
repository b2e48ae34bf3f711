/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Answers with the name of the caller. Stateless and safe to share between threads. */
public final class WhoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Makes the servlet; the container calls this. */
    public WhoServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal caller = request.getUserPrincipal();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(caller == null ? "nobody" : caller.getName());
    }
}
