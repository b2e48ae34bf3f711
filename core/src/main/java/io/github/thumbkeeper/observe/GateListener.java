/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every decision after it has been made, and of every look at the stores; nothing it does can change anything.
 *
 * <p>Called by request threads and by the one that refreshes: implementations are safe to share between threads and do not block.
 */
public interface GateListener {

    /** A request was admitted. */
    default void admitted(Verdict.Admitted verdict) {}

    /** A request passed because it needs no certificate. */
    default void exempt(Verdict.Exempt verdict) {}

    /** A request was refused, or would have been if the gate enforced. */
    default void refused(Refusal refusal) {}

    /** A certificate passed a check of which nobody could tell whether it is revoked, because revocation is checked softly. */
    default void softFailed() {}

    /** A request had the header of a proxy, but its peer, whose address this is, is not trusted; the header was ignored. */
    default void headerIgnored(String peer) {}

    /** The stores were looked at; {@code outage} is what every request gets from now on, null if requests are judged. */
    default void refreshed(Verdict.@Nullable Refused outage) {}
}
