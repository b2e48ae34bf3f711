/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limit on the requests with one certificate: a bucket that holds {@code burst} requests and gains {@code perSecond}.
 *
 * <p>Only admitted certificates have a bucket, so strangers cannot fill the table; when it is full, the buckets that have recovered
 * are dropped. Thread-safe.
 */
final class RateLimit {

    private static final int MOST_BUCKETS = 1000;
    private static final double NANOS = 1e9;

    private final int burst;
    private final double perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private record Bucket(double tokens, long at) {}

    /**
     * Creates a limit.
     *
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     */
    RateLimit(int burst, double perSecond, LongSupplier nanoTime) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Takes one request from the bucket of a certificate; returns false if it is empty. */
    synchronized boolean allows(String thumbprint) {
        long now = nanoTime.getAsLong();
        if (buckets.size() >= MOST_BUCKETS) {
            buckets.values().removeIf(bucket -> filled(bucket, now) >= burst);
        }
        Bucket before = buckets.get(thumbprint);
        double tokens = before == null ? burst : filled(before, now);
        boolean allowed = tokens >= 1;
        buckets.put(thumbprint, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }

    private double filled(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
    }
}
