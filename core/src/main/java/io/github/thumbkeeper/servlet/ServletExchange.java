/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.source.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as any servlet container shows it. Used by the request's own thread only. */
public abstract class ServletExchange implements Exchange {

    private final HttpServletRequest request;

    /** Makes the view of a request. */
    protected ServletExchange(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return String.valueOf(request.getMethod());
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public String rawPath() {
        return String.valueOf(request.getRequestURI());
    }

    @Override
    public String contextPath() {
        return String.valueOf(request.getContextPath());
    }

    @Override
    public @Nullable String path() {
        String servletPath = request.getServletPath();
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }

    @Override
    public String peer() {
        return String.valueOf(request.getRemoteAddr());
    }
}
