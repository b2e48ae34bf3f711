/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.source.Exchange;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** A request over TLS with this chain; an empty one means no certificate. */
record TestExchange(List<X509Certificate> chain) implements Exchange {

    @Override
    public Object clientCertificates() {
        return chain.isEmpty() ? null : chain.toArray(X509Certificate[]::new);
    }

    @Override
    public Object tlsCertificates() {
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
        return "GET";
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public Collection<String> headerNames() {
        return List.of();
    }

    @Override
    public String rawPath() {
        return "/orders";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String path() {
        return "/orders";
    }

    @Override
    public String peer() {
        return "127.0.0.1";
    }

    @Override
    public String peerAddress() {
        return "127.0.0.1";
    }
}
