/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.source.Exchange;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A request made by a test: a GET of {@code /app/orders} in the application {@code /app}, without a certificate. */
public final class FakeExchange implements Exchange {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<X509Certificate> shown = new ArrayList<>();
    private Supplier<String> peer = () -> "192.0.2.7";
    private Supplier<Object> certificates = () -> null;
    private boolean tls = true;
    private boolean forwarded;
    private boolean claimed;
    private Supplier<String> method = () -> "GET";
    private Supplier<String> path = () -> "/orders";
    private String rawPath = "/app/orders";
    private String contextPath = "/app";

    /** Shows this certificate alone. */
    public static FakeExchange of(X509Certificate certificate) {
        return showing(new X509Certificate[] {certificate});
    }

    /** Shows this object as the certificate chain. */
    public static FakeExchange showing(Object attribute) {
        return calling(() -> attribute);
    }

    /** Takes the certificate chain from this supplier, each time. */
    public static FakeExchange calling(Supplier<Object> certificates) {
        FakeExchange exchange = new FakeExchange();
        exchange.certificates = certificates;
        return exchange;
    }

    /** Shows no certificate. */
    public static FakeExchange withoutCertificate() {
        return new FakeExchange();
    }

    /** Marks the certificates as only claimed by the peer of the connection, as over AJP. */
    public FakeExchange withoutTls() {
        tls = false;
        return this;
    }

    /** Marks the certificates as taken from a proxy's header by an outer gate. */
    public FakeExchange forwarded() {
        forwarded = true;
        return this;
    }

    /** Sets the method. */
    public FakeExchange method(String value) {
        return method(() -> value);
    }

    /** Takes the method from this supplier. */
    public FakeExchange method(Supplier<String> value) {
        method = value;
        return this;
    }

    /** Sets the values of a header field. */
    public FakeExchange header(String name, String... values) {
        headers.put(name, List.of(values));
        return this;
    }

    /** Sets the address of the socket's peer; null if it has none. */
    public FakeExchange peer(String value) {
        return peer(() -> value);
    }

    /** Takes the address of the socket's peer from this supplier. */
    public FakeExchange peer(Supplier<String> value) {
        peer = value;
        return this;
    }

    /** Returns the certificates that the application was shown. */
    public List<X509Certificate> shown() {
        return shown;
    }

    /** Sets the paths: as sent, and as the container understands it. */
    public FakeExchange path(String context, String raw, String within) {
        contextPath = context;
        rawPath = raw;
        return path(() -> within);
    }

    /** Takes the path within the context from this supplier. */
    public FakeExchange path(Supplier<String> within) {
        path = within;
        return this;
    }

    @Override
    public Object clientCertificates() {
        return certificates.get();
    }

    @Override
    public Object tlsCertificates() {
        return tls ? certificates.get() : null;
    }

    @Override
    public boolean isForwarded() {
        return forwarded;
    }

    @Override
    public boolean isClaimed() {
        return claimed;
    }

    @Override
    public void showClaim() {
        claimed = true;
    }

    @Override
    public void showCertificates(X509Certificate[] chain) {
        shown.clear();
        shown.addAll(List.of(chain));
    }

    @Override
    public String method() {
        return method.get();
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
        return rawPath;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public String path() {
        return path.get();
    }

    @Override
    public String peer() {
        return "192.0.2.7";
    }

    @Override
    public String peerAddress() {
        return peer.get();
    }
}
