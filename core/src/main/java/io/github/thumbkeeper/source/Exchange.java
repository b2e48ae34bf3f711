/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as the gate sees it; valve and filter implement it. It is used by the request's own thread only. */
public interface Exchange {

    /**
     * Returns what the container gives as the client's certificate chain, leaf first. Anything but a non-empty
     * {@code X509Certificate[]} is refused; null means that there is none.
     */
    @Nullable
    Object clientCertificates();

    /**
     * Returns what the TLS connection of the socket's peer itself presents, in the same form; null if it has no TLS, or if
     * somebody else only says so, as over AJP.
     */
    @Nullable
    Object tlsCertificates();

    /**
     * Returns whether a gate before this one found that the connection is a trusted proxy's. Then {@link
     * #clientCertificates} returns the certificates which that gate took from the proxy's header, null if it took none.
     */
    boolean isForwarded();

    /**
     * Takes what is the client's certificate chain instead, leaf first, for the application and the next gates to see; empty
     * if it has none. Called when a proxy is trusted, whose own certificate is never the client's, and before the decision:
     * the application must not hear of it yet.
     */
    void showCertificates(X509Certificate[] chain);

    /** Returns whether a gate before this one took a claim about the client from a trusted proxy, and no certificate. */
    boolean isClaimed();

    /** Tells the next gates that the proxy's claim is all that is known of the client, so that none looks for another client. */
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

    /**
     * Returns the literal address of the socket's peer, which nobody further away may have claimed; null if it is not
     * known, or the socket has none.
     */
    @Nullable
    String peerAddress();
}
