/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Port for observers of a gate. The gate calls its listeners after every decision and every refresh; a listener cannot change a
 * decision, and an exception it throws is ignored.
 *
 * <pre>{@code
 * final class Admissions implements GateListener {
 *     private final LongAdder number = new LongAdder();
 *
 *     @Override
 *     public void admitted(Verdict.Admitted verdict) {
 *         number.increment();
 *     }
 * }
 * }</pre>
 *
 * <p>Implementations are thread-safe and do not block: request threads and refresh threads call them.
 *
 * @see Counters
 * @see AuditLog
 */
public interface GateListener {

    /** Called for an admitted request. */
    default void admitted(Verdict.Admitted verdict) {}

    /** Called for a request that needs no certificate. */
    default void exempt(Verdict.Exempt verdict) {}

    /** Called for a refused request, including one that passes because the gate does not enforce. */
    default void refused(Refusal refusal) {}

    /** Called if a certificate passes although its revocation status is unknown, because of {@code revocationSoftFail}. */
    default void softFailed() {}

    /**
     * Called for the first request whose certificate is listed and so does not get the roles of a rule that matches it, too.
     *
     * @param rule the text of the rule
     */
    default void rolesHidden(String rule) {}

    /**
     * Called for a request whose proxy header was ignored because its peer is not a trusted proxy.
     *
     * @param peer the address of the peer
     */
    default void headerIgnored(String peer) {}

    /**
     * Called for a request with a usable certificate whose chain cannot be read. It was ignored, because no chain is needed.
     *
     * @param peer the address of the peer, which is a trusted proxy
     * @param why why the chain cannot be read, safe to print; shows no header value
     */
    default void chainIgnored(String peer, String why) {}

    /**
     * Called after a refresh.
     *
     * @param outage the refusal that every request gets from now on, or null if there is no outage
     */
    default void refreshed(Verdict.@Nullable Refused outage) {}
}
