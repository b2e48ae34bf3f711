/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the effect of another thread. */
final class Eventually {

    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final long INTERVAL = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /** A condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns when the condition holds; fails with the description if it does not within 30 seconds. */
    static void that(String description, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: " + description);
            }
            LockSupport.parkNanos(INTERVAL);
        }
    }
}
