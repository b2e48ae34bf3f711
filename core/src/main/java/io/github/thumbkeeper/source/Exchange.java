/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as the gate sees it; the valve and the filter implement it. Not thread-safe: only the request's thread uses it. */
public interface Exchange {

    /**
     * Returns the client's certificate chain from the container, leaf first, or null if the client has none. The gate refuses anything
     * else than a non-empty {@code X509Certificate[]}.
     */
    @Nullable
    Object clientCertificates();

    /**
     * Returns the chain of the TLS connection itself, in the same form; null without TLS, and over AJP, where the chain is only a
     * claim of the peer.
     */
    @Nullable
    Object tlsCertificates();

    /**
     * Returns whether an outer gate found that the peer is a trusted proxy. Then {@link #clientCertificates} returns the chain that
     * the outer gate took from the proxy's header, or null if it took none.
     */
    boolean isForwarded();

    /**
     * Replaces the client's certificate chain, leaf first, for the application and the inner gates; an empty one means that the client
     * has none. Called if the peer is a trusted proxy, because its own certificate is never the client's. It is called before
     * the decision, so the application must not see the chain yet.
     */
    void showCertificates(X509Certificate[] chain);

    /** Returns whether an outer gate took a claim about the client, and no certificate, from a trusted proxy. */
    boolean isClaimed();

    /** Records for the inner gates that only the proxy's claim is known of the client, so that none searches for another client. */
    void showClaim();

    /** Returns the HTTP method as sent. */
    String method();

    /** Returns the values of a header field in the order sent; empty if it is absent. */
    List<String> headers(String name);

    /** Returns the names of all header fields. */
    Collection<String> headerNames();

    /** Returns the path of the request line as sent: not decoded, with path parameters, without the query. */
    String rawPath();

    /** Returns the path before the application's own part, such as {@code /shop}; empty for the root. */
    String contextPath();

    /**
     * Returns the path within the context as the container decoded and normalised it, without path parameters; null if it
     * is not known which path is being served.
     */
    @Nullable
    String path();

    /** Returns the address of the peer for the log. */
    String peer();

    /** Returns the remote address as the container knows it, for the log only: a header may have given it. */
    default String remoteAddress() {
        return peer();
    }

    /**
     * Returns the literal address of the socket's peer itself, never one from a header field; null if it is unknown, or if the
     * socket has none.
     */
    @Nullable
    String peerAddress();
}
