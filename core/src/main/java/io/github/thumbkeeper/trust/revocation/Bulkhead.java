/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets some threads wait for answers, in all and for each host, so that neither slow responders nor one of them hold up the requests
 * of everybody.
 *
 * <p>Safe to share between threads.
 */
final class Bulkhead {

    private static final int MOST = 32;
    private static final int MOST_OF_HOST = 16;

    private final Semaphore places = new Semaphore(MOST);
    private final Map<String, Integer> hosts = new ConcurrentHashMap<>();

    /** Returns whether one more may wait; who may has to {@link #leave}. */
    boolean enter(String host) {
        if (hosts.merge(host, 1, Integer::sum) <= MOST_OF_HOST && places.tryAcquire()) {
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
