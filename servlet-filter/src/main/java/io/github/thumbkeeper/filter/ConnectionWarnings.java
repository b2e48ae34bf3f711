/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Warns of connections on which no client certificate can ever arrive. A valve inspects the connectors at the start; a filter sees
 * only requests, so it warns with the first request that shows it, once for each of the two cases.
 *
 * <p>Thread-safe.
 */
final class ConnectionWarnings {

    /** Set for every request over TLS (servlet specification section 3.10). */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    private static final String EXPECTED =
            "; expected TLS at the container's own connector, which asks for a certificate, or,"
                    + " if a proxy ends TLS, the settings certificateHeader and trustedProxyThumbprints or trustedProxies";

    private final AtomicBoolean warnedOfPlain = new AtomicBoolean();
    private final AtomicBoolean warnedOfForwarded = new AtomicBoolean();

    /**
     * Returns the warning about a request without a certificate, or null if there is none, or if it was returned before.
     *
     * @param forwarded whether an outer gate has decided which client it is
     */
    @Nullable
    String of(HttpServletRequest request, Verdict verdict, boolean forwarded) {
        if (forwarded || !isWithoutCertificate(verdict) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return null;
        }
        if (!request.isSecure()) {
            return warnedOfPlain.compareAndSet(false, true)
                    ? "TK-401 no client certificate can arrive with a request like one from "
                            + SafeText.quoted(String.valueOf(request.getRemoteAddr())) + " at port ["
                            + request.getLocalPort() + "]: its connection has no TLS" + EXPECTED
                    : null;
        }
        boolean tls = request.getAttribute(CIPHER_SUITE) != null;
        return !tls && warnedOfForwarded.compareAndSet(false, true)
                ? "TK-401 no client certificate can arrive with a request like one from "
                        + SafeText.quoted(String.valueOf(request.getRemoteAddr())) + " at port ["
                        + request.getLocalPort()
                        + "]: it is marked as secure, but its connection to this container has no TLS (no attribute "
                        + CIPHER_SUITE + "), so a proxy or load balancer has ended it" + EXPECTED
                : null;
    }

    private static boolean isWithoutCertificate(Verdict verdict) {
        return verdict == Verdict.Exempt.ANONYMOUS
                || (verdict instanceof Verdict.Refused refused && refused.reason() == Reason.NO_CERTIFICATE);
    }
}
