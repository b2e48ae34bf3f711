/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.example.deliveries;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows a customer the deliveries on their way, and only to that customer. */
public final class DeliveriesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isUserInRole("customer")) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println(
                        "nothing is on its way to " + request.getUserPrincipal().getName());
    }
}
