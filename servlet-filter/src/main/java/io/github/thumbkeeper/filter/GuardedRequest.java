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
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's view of a request that has passed; it stays in force for asynchronous dispatches. Not thread-safe. */
abstract class GuardedRequest extends HttpServletRequestWrapper {

    private final ServletResponse response;
    private final HeaderNames hidden;
    private final String gate;
    private final X509Certificate @Nullable [] forwarded;

    /**
     * Makes the application's view of the request.
     *
     * @param hidden the header fields it does not see
     * @param gate the unique name of the gate
     * @param forwarded the client's certificates instead of those of the connection, empty if a proxy forwards none; null
     *     if the connection is not a proxy's
     */
    GuardedRequest(
            HttpServletRequest request,
            ServletResponse response,
            HeaderNames hidden,
            String gate,
            X509Certificate @Nullable [] forwarded) {
        super(request);
        this.response = response;
        this.hidden = hidden;
        this.gate = gate;
        this.forwarded = forwarded;
    }

    /**
     * Returns the certificates that the nearest gate before this one took from a proxy's header, empty if the proxy forwarded
     * none; null if no gate before this one found a trusted proxy. A later dispatch has views of this gate and of those after
     * it, too: the gates before this one are beneath its own first view.
     */
    static X509Certificate @Nullable [] forwardedBefore(HttpServletRequest request, String gate) {
        X509Certificate[] nearest = null;
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof GuardedRequest guarded) {
                nearest = guarded.gate.equals(gate) ? null : nearest == null ? guarded.forwarded : nearest;
            }
            current = wrapper.getRequest();
        }
        return nearest;
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
