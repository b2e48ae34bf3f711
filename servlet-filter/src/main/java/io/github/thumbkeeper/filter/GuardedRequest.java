/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.source.HeaderNames;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.PushBuilder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application sees of a request that has passed. An asynchronous request goes on with this view of it. */
abstract class GuardedRequest extends HttpServletRequestWrapper {

    private final ServletResponse response;
    private final HeaderNames hidden;

    /**
     * Makes the application's view of the request.
     *
     * @param hidden the header fields it does not see
     */
    GuardedRequest(HttpServletRequest request, ServletResponse response, HeaderNames hidden) {
        super(request);
        this.response = response;
        this.hidden = hidden;
    }

    /** Returns the request as it was before a filter of ours saw it for the first time. */
    static HttpServletRequest beneathOurs(HttpServletRequest request) {
        HttpServletRequest beneath = request;
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            current = wrapper.getRequest();
            if (wrapper instanceof GuardedRequest && current instanceof HttpServletRequest http) {
                beneath = http;
            }
        }
        return beneath;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hidden.covers(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hidden.covers(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Enumeration<String> names = super.getHeaderNames();
        if (hidden.isEmpty() || names == null) {
            return names;
        }
        List<String> shown = Collections.list(names);
        shown.removeIf(hidden::covers);
        return Collections.enumeration(shown);
    }

    @Override
    public int getIntHeader(String name) {
        return hidden.covers(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return hidden.covers(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> fields = new HashMap<>(super.getTrailerFields());
        fields.keySet().removeIf(hidden::covers);
        return fields;
    }

    @Override
    public @Nullable PushBuilder newPushBuilder() {
        PushBuilder builder = super.newPushBuilder();
        if (builder != null) {
            List.copyOf(builder.getHeaderNames()).stream()
                    .filter(hidden::covers)
                    .forEach(builder::removeHeader);
        }
        return builder;
    }

    @Override
    public AsyncContext startAsync() {
        return super.startAsync(this, response);
    }
}
