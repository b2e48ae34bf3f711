/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.ServletRequest;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The request attributes that give the decision to the application, and to Tomcat's access log with <code>%{…}r</code>. The
 * first four are strings.
 */
public final class RequestAttributes {

    /** {@code admitted}, {@code refused} or {@code exempt}; also {@code refused} for a request that passed in report mode. */
    public static final String VERDICT = "io.github.thumbkeeper.verdict";

    /** The code of the reason, such as {@code TK-101}; only if the verdict is {@code refused}. */
    public static final String REASON = "io.github.thumbkeeper.reason";

    /** The SHA-256 thumbprint of an admitted certificate, such as {@code sha256:9f86d0…}. */
    public static final String THUMBPRINT = "io.github.thumbkeeper.thumbprint";

    /** The label of the entry that an admitted certificate matched; absent if the entry has none. */
    public static final String LABEL = "io.github.thumbkeeper.label";

    /** The client's certificate chain, as the servlet specification names it (section 3.9). */
    public static final String CLIENT_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /**
     * {@link Boolean#TRUE} if a gate found that the connection is a trusted proxy's: the certificates of the request are then the
     * forwarded ones. A JDK type, because valve and filter may belong to different class loaders; and not a string, so that AJP,
     * which sets only strings, cannot forge it.
     */
    public static final String FORWARDED = "io.github.thumbkeeper.forwarded";

    /** {@link Boolean#TRUE} if a gate took a claim about the client from a trusted proxy, and no certificate. */
    public static final String CLAIMED = "io.github.thumbkeeper.claimed";

    private RequestAttributes() {}

    /**
     * Sets the attributes of a verdict on a request, and removes those of an earlier one. This notifies listeners of the
     * application, so the response to a refused request must be written first.
     */
    public static void set(ServletRequest request, Verdict verdict) {
        set(verdict, (name, value) -> setOrRemove(request, name, value));
    }

    /**
     * Passes the attributes of a verdict to a consumer.
     *
     * @param request receives the name and the value of each attribute; a null value removes it
     */
    public static void set(Verdict verdict, BiConsumer<String, @Nullable String> request) {
        Identity identity = verdict instanceof Verdict.Admitted admitted ? admitted.identity() : null;
        String reason =
                verdict instanceof Verdict.Refused refused ? refused.reason().code() : null;
        request.accept(VERDICT, identity != null ? "admitted" : reason != null ? "refused" : "exempt");
        request.accept(REASON, reason);
        request.accept(THUMBPRINT, identity == null ? null : identity.thumbprint());
        request.accept(LABEL, identity == null ? null : identity.label());
    }

    private static void setOrRemove(ServletRequest request, String name, @Nullable String value) {
        if (value != null) {
            request.setAttribute(name, value);
        } else if (request.getAttribute(name) != null) {
            request.removeAttribute(name);
        }
    }
}
