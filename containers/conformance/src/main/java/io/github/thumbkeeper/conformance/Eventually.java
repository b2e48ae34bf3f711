/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for the delayed effect of a container. */
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

    /** Waits likewise, with a description that is made at the failure. */
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
