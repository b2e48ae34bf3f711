/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.source.Exchange;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as the user of the tool describes it. Not thread-safe. */
final class OfflineExchange implements Exchange {

    private final X509Certificate[] chain;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String method;
    private final String path;
    private final String peer;

    /**
     * Makes a request.
     *
     * @param chain the certificates of the connection, those of its peer first; empty for none
     */
    OfflineExchange(List<X509Certificate> chain, String method, String path, String peer) {
        this.chain = chain.toArray(X509Certificate[]::new);
        this.method = method;
        this.path = path;
        this.peer = peer;
    }

    /** Adds a header field. */
    void add(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public @Nullable Object clientCertificates() {
        return chain.length == 0 ? null : chain.clone();
    }

    @Override
    public @Nullable Object tlsCertificates() {
        return clientCertificates();
    }

    @Override
    public boolean isForwarded() {
        return false;
    }

    @Override
    public void showCertificates(X509Certificate[] shown) {}

    @Override
    public boolean isClaimed() {
        return false;
    }

    @Override
    public void showClaim() {}

    @Override
    public String method() {
        return method;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public Collection<String> headerNames() {
        return headers.keySet();
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String peerAddress() {
        return peer;
    }
}
