/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.source.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with a certificate, of its connection or in a header field of a proxy. It returns the same array each time, which a
 * container makes anew: bytes are the gate's own. A field is a new string each time, as from a container, because a string remembers
 * its hash code.
 */
final class Presenting implements Exchange {

    private final X509Certificate @Nullable [] chain;
    private final @Nullable String header;
    private final byte[] value;

    private Presenting(X509Certificate @Nullable [] chain, @Nullable String header, byte[] value) {
        this.chain = chain;
        this.header = header;
        this.value = value;
    }

    static Presenting certificate(X509Certificate certificate) {
        return new Presenting(new X509Certificate[] {certificate}, null, new byte[0]);
    }

    static Presenting header(String name, String value) {
        return new Presenting(null, name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public @Nullable Object clientCertificates() {
        return chain;
    }

    @Override
    public @Nullable Object tlsCertificates() {
        return chain;
    }

    @Override
    public boolean isForwarded() {
        return false;
    }

    @Override
    public boolean isClaimed() {
        return false;
    }

    @Override
    public void showClaim() {}

    @Override
    public void showCertificates(X509Certificate[] shown) {}

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return name.equalsIgnoreCase(header) ? List.of(new String(value, StandardCharsets.ISO_8859_1)) : List.of();
    }

    @Override
    public List<String> headerNames() {
        return header == null ? List.of() : List.of(header);
    }

    @Override
    public String rawPath() {
        return "/";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String peer() {
        return "127.0.0.1";
    }

    @Override
    public String peerAddress() {
        return peer();
    }
}
