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

/** Writes error responses, and never reads the body of the request. Thread-safe. */
public final class ErrorResponseWriter {

    private ErrorResponseWriter() {}

    /**
     * Writes the response, unless the response is already committed.
     *
     * @throws IOException if the client is gone
     */
    public static void write(ErrorResponse error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (error.format() != ErrorFormat.CONTAINER) {
            writeOwnBody(error, request, response);
        } else if (!response.isCommitted()) {
            response.resetBuffer();
            error.headers().forEach(response::setHeader);
            response.sendError(error.status());
        }
    }

    /**
     * Writes the response with our own body. If {@code errorFormat} is {@code container}, the request's Accept field selects the
     * format.
     *
     * @throws IOException if the client is gone
     */
    public static void writeOwnBody(ErrorResponse error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        error.headers().forEach(response::setHeader);
        boolean html = error.format() == ErrorFormat.HTML
                || (error.format() != ErrorFormat.PROBLEM && Accept.prefersHtml(request.getHeaders("Accept")));
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
     * Writes the 503 for a request that arrives while no gate is running.
     *
     * @throws IOException if the client is gone
     */
    public static void writeUnavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(ErrorTemplate.unavailable().with(UUID.randomUUID()), request, response);
    }

    /** Uses the writer if the application has already called {@code getWriter} before a forward. */
    private static void writeBody(byte[] body, HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException e) {
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
        }
    }
}
