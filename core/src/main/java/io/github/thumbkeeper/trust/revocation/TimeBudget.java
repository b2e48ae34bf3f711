/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

/** What is left of the time in which a decision has to be made. Used by one thread. */
final class TimeBudget {

    private final long end;

    /** Makes a budget of so many nanoseconds from now on. */
    TimeBudget(long nanos) {
        this.end = System.nanoTime() + nanos;
    }

    /** Returns a budget of its own for the first of so many things that are left to do. */
    TimeBudget part(int things) {
        return new TimeBudget(share(things));
    }

    /** Returns the nanoseconds for the first of so many things that are left to do; never less than zero. */
    long share(int things) {
        return Math.max(0, (end - System.nanoTime()) / things);
    }
}
