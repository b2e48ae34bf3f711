/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Limits the threads that wait for remote services, in total and for each host, so that slow services cannot block all request
 * threads and one slow host cannot take all places.
 *
 * <p>Thread-safe.
 */
final class Bulkhead {

    private static final int MOST_THREADS = 32;
    private static final int MOST_FOR_HOST = 16;

    private final Semaphore places = new Semaphore(MOST_THREADS);
    private final Map<String, Integer> hosts = new ConcurrentHashMap<>();

    /** Returns whether one more thread may wait; if so, the caller must call {@link #leave} afterwards. */
    boolean enter(String host) {
        if (hosts.merge(host, 1, Integer::sum) <= MOST_FOR_HOST && places.tryAcquire()) {
            return true;
        }
        forget(host);
        return false;
    }

    void leave(String host) {
        places.release();
        forget(host);
    }

    private void forget(String host) {
        hosts.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
    }
}
