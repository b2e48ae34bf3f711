/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Cost of one store of one size. */
record StoreFigure(
        double firstMillis,
        double bestMillis,
        double unchangedMillis,
        double bytesPerEntry,
        double hitNanos,
        double missNanos) {

    private static final long ENOUGH_NANOS = 3_000_000_000L;
    private static final long SETTLE_NANOS = 2_500_000_000L;
    private static final int MOST_LOADS = 12;
    private static final int QUERIES = 200_000;

    static StoreFigure of(Loader<EntryTable> store, int entries) throws StoreException {
        double first = millis(store, null);
        double best = best(store, null);
        double bytes = bytes(store, entries);
        Loaded<EntryTable> contents = store.load(null);
        settle(store, contents);
        double unchanged = best(store, contents);
        EntryTable table = contents.value();
        if (table.size() != entries) {
            throw new IllegalStateException("has " + table.size() + " entries and not " + entries);
        }
        return new StoreFigure(first, best, unchanged, bytes, lookUp(table, true), lookUp(table, false));
    }

    /** A store may rely on times of whole seconds only after it has read everything again, more than two seconds later. */
    private static void settle(Loader<EntryTable> store, Loaded<EntryTable> contents) throws StoreException {
        millis(store, contents);
        LockSupport.parkNanos(SETTLE_NANOS);
        millis(store, contents);
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private static double millis(Loader<EntryTable> store, @Nullable Loaded<EntryTable> previous)
            throws StoreException {
        long start = System.nanoTime();
        Loaded<EntryTable> contents = store.load(previous);
        double millis = (System.nanoTime() - start) / 1e6;
        if (previous != null && contents != previous) {
            throw new IllegalStateException("says that something has changed");
        }
        return millis;
    }

    private static double best(Loader<EntryTable> store, @Nullable Loaded<EntryTable> previous) throws StoreException {
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + ENOUGH_NANOS;
        for (int i = 0; i < 2 || (i < MOST_LOADS && System.nanoTime() < end); i++) {
            best = Math.min(best, millis(store, previous));
        }
        return best;
    }

    /**
     * Keeps many copies of a small store, because the heap is measured as a whole; one more than is counted, because a store may
     * keep its last result.
     */
    private static double bytes(Loader<EntryTable> store, int entries) throws StoreException {
        int copies = Math.max(1, 2000 / entries);
        List<Loaded<EntryTable>> kept = new ArrayList<>(copies + 1);
        kept.add(store.load(null));
        try {
            long before = used();
            for (int i = 0; i < copies; i++) {
                kept.add(store.load(null));
            }
            return (used() - before) / (double) copies / entries;
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Takes the best of several rounds; a hit includes making the entry. */
    private static double lookUp(EntryTable table, boolean hit) {
        byte[][] queries = new byte[QUERIES][];
        RandomDigests digests = new RandomDigests(hit ? 1 : 2);
        List<Entry> some = table.stream().limit(QUERIES).toList();
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = hit ? some.get(i * 7919 % some.size()).digest().toBytes() : digests.next();
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            best = Math.min(best, round(table, queries, hit));
        }
        return best;
    }

    private static double round(EntryTable table, byte[][] queries, boolean hit) {
        int found = 0;
        long start = System.nanoTime();
        for (byte[] query : queries) {
            found += table.find(kind -> query).size();
        }
        double nanos = (System.nanoTime() - start) / (double) queries.length;
        if (hit != (found > 0)) {
            throw new IllegalStateException("finds " + found);
        }
        return nanos;
    }
}
