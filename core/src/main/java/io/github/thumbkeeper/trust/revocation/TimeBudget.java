/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

/** Remaining time of a decision, to be divided among several tasks. Not thread-safe. */
final class TimeBudget {

    private final long end;

    /** Creates a budget that starts now. */
    TimeBudget(long nanos) {
        this.end = System.nanoTime() + nanos;
    }

    /** Returns the share of the next task, as a budget of its own. */
    TimeBudget part(int tasks) {
        return new TimeBudget(share(tasks));
    }

    /**
     * Returns the share of the next task in nanoseconds; never negative.
     *
     * @param tasks the number of tasks left, including the next
     */
    long share(int tasks) {
        return Math.max(0, (end - System.nanoTime()) / tasks);
    }
}
