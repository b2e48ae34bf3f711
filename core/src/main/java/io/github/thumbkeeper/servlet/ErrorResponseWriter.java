/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes an error response. It never reads the request's body. */
public final class ErrorResponseWriter {

    private ErrorResponseWriter() {}

    /**
     * Writes the response; one that is committed already can only be ended.
     *
     * @throws IOException if the client is gone
     */
    public static void write(ErrorResponse error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        error.headers().forEach(response::setHeader);
        if (error.format() == ErrorFormat.CONTAINER) {
            response.sendError(error.status());
            return;
        }
        boolean html = error.format() == ErrorFormat.HTML
                || (error.format() == ErrorFormat.AUTO && Accept.prefersHtml(request.getHeaders("Accept")));
        byte[] body = html ? error.html() : error.problem();
        response.setStatus(error.status());
        response.setContentType(html ? "text/html;charset=UTF-8" : "application/problem+json");
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            writeBody(body, response);
        }
        response.flushBuffer();
    }

    /**
     * Writes the 503 that stands in while no gate is running.
     *
     * @throws IOException if the client is gone
     */
    public static void writeUnavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(ErrorTemplate.unavailable().with(UUID.randomUUID()), request, response);
    }

    /** After a forward the application may have taken the writer already. */
    private static void writeBody(byte[] body, HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException e) {
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
        }
    }
}
