/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

/** When a decision has to be made. Used by one thread. */
final class Deadline {

    private final long end;

    /** Makes a deadline that is so many nanoseconds away. */
    Deadline(long nanos) {
        this.end = System.nanoTime() + nanos;
    }

    /** Returns the nanoseconds for the first of so many things that are left to do; never less than zero. */
    long share(int things) {
        return Math.max(0, (end - System.nanoTime()) / things);
    }
}
