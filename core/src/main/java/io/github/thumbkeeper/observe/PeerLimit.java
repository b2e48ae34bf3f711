/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the log lines of one kind: each peer gets a few lines in a period, and the other events are counted. A fixed number of
 * peers is known by address; all others share the lines of one peer. A peer that was active in the last period stays known, so
 * that an attacker with many addresses does not displace it.
 *
 * <p>Thread-safe; a request takes no lock unless it is the first of its peer or ends the period. Every event is either logged or
 * counted, exactly once.
 */
final class PeerLimit {

    /** Greatest number of lines of one peer in one period. */
    static final int LINES = 10;

    /** Greatest number of peers known by address. */
    static final int PEERS = 20;

    /** Common name of all other peers. */
    static final String OTHERS = "other peers";

    private static final long RETIRED = Long.MIN_VALUE;
    private static final int LONGEST_NAME = 64;
    private static final int IPV6_COLONS = 7;
    private static final int PREFIX_GROUPS = 4;

    private final Map<String, AtomicLong> known = new ConcurrentHashMap<>();
    private final AtomicLong others = new AtomicLong();

    /** Counts an event, and returns whether it has a line of its own. */
    boolean take(String peer) {
        String name = name(peer);
        while (true) {
            AtomicLong counter = counter(name);
            long number = counter.incrementAndGet();
            if (number > 0) {
                return number <= LINES;
            }
            // The period ended between the two lines above, and the counter was retired.
            known.remove(name, counter);
        }
    }

    /** Ends the period, and returns the number of events without a line for each peer that has any. */
    synchronized Map<String, Long> drain() {
        Map<String, Long> swallowed = new TreeMap<>();
        known.forEach((name, counter) -> {
            long number = counter.getAndSet(0);
            if (number == 0 && counter.compareAndSet(0, RETIRED)) {
                known.remove(name, counter);
            } else if (number > LINES) {
                swallowed.put(name, number - LINES);
            }
        });
        long number = others.getAndSet(0);
        if (number > LINES) {
            swallowed.put(OTHERS, number - LINES);
        }
        return swallowed;
    }

    private AtomicLong counter(String name) {
        AtomicLong counter = known.get(name);
        if (counter != null) {
            return counter;
        }
        return known.size() < PEERS ? known.computeIfAbsent(name, first -> new AtomicLong()) : others;
    }

    /** Returns the name of a peer. All addresses of an IPv6 /64 are one peer, since a host has a whole /64 (RFC 4291 section 2.5.4). */
    private static String name(String peer) {
        int start = peer.startsWith("[") ? 1 : 0;
        int colons = 0;
        int prefix = 0;
        for (int i = start; i < peer.length() && i < LONGEST_NAME; i++) {
            if (peer.charAt(i) == ':' && ++colons == PREFIX_GROUPS) {
                prefix = i;
            }
        }
        if (colons == IPV6_COLONS && !peer.contains("::")) {
            return peer.substring(start, prefix) + "::/64";
        }
        return peer.length() > LONGEST_NAME ? peer.substring(0, LONGEST_NAME) : peer;
    }
}
