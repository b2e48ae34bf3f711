/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a container brings about in its own time. */
final class Eventually {

    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
    private static final long INTERVAL = Duration.ofMillis(200).toNanos();

    private Eventually() {}

    /** A condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns when the condition holds; fails with the description if it does not within a minute. */
    static void that(String description, Condition condition) throws Exception {
        that(() -> description, condition);
    }

    /** The same with a description of how it ended. */
    static void that(Callable<String> description, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 60 s: " + description.call());
            }
            LockSupport.parkNanos(INTERVAL);
        }
    }
}
