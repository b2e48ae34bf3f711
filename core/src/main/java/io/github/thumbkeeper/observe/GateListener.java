/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;

/**
 * Is told of every decision after it has been made; nothing it does can change it.
 *
 * <p>Called by request threads: implementations are safe to share between threads and do not block.
 */
public interface GateListener {

    /** A request was admitted. */
    default void admitted(Verdict.Admitted verdict) {}

    /** A request passed because it needs no certificate. */
    default void exempt(Verdict.Exempt verdict) {}

    /** A request was refused, or would have been if the gate enforced. */
    default void refused(Refusal refusal) {}
}
