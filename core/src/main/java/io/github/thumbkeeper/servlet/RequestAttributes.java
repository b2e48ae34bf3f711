/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request attributes by which the application, and Tomcat's access log with <code>%{…}r</code>, learn of the decision.
 * All are strings.
 */
public final class RequestAttributes {

    /** {@code admitted}, {@code refused} or {@code exempt}; also {@code refused} for a request that a report let pass. */
    public static final String VERDICT = "io.github.thumbkeeper.verdict";

    /** The code of the reason, such as {@code TK-101}; only if the verdict is {@code refused}. */
    public static final String REASON = "io.github.thumbkeeper.reason";

    /** The SHA-256 thumbprint of an admitted certificate, such as {@code sha256:9f86d0…}. */
    public static final String THUMBPRINT = "io.github.thumbkeeper.thumbprint";

    /** The label of the entry that an admitted certificate matched; absent if the entry has none. */
    public static final String LABEL = "io.github.thumbkeeper.label";

    /** The name under which the servlet specification (section 3.9) hands out the client's certificate chain. */
    public static final String CLIENT_CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private RequestAttributes() {}

    /** Tells the request of a verdict, and removes what an earlier one left. */
    public static void set(ServletRequest request, Verdict verdict) {
        Identity identity = verdict instanceof Verdict.Admitted admitted ? admitted.identity() : null;
        String reason =
                verdict instanceof Verdict.Refused refused ? refused.reason().code() : null;
        request.setAttribute(VERDICT, identity != null ? "admitted" : reason != null ? "refused" : "exempt");
        setOrRemove(request, REASON, reason);
        setOrRemove(request, THUMBPRINT, identity == null ? null : identity.thumbprint());
        setOrRemove(request, LABEL, identity == null ? null : identity.label());
    }

    private static void setOrRemove(ServletRequest request, String name, @Nullable String value) {
        if (value != null) {
            request.setAttribute(name, value);
        } else if (request.getAttribute(name) != null) {
            request.removeAttribute(name);
        }
    }
}
