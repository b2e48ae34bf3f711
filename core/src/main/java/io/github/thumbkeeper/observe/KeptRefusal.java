/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A refused certificate in the list of {@link RecentRefusals}. A further refusal changes numbers in it, and makes no object.
 *
 * <p>Thread-safe without a lock. Each field is right by itself: if two requests with one certificate are refused at the same time,
 * the reason may be that of one and the peer that of the other. The count loses none, because it is atomic.
 */
final class KeptRefusal {

    private final Thumbprint thumbprint;
    private final AtomicLong count = new AtomicLong();
    private volatile @Nullable RefusedCertificate first;
    private volatile Reason reason;
    private volatile String peer;
    private volatile long lastSeen;
    private volatile long order;

    /**
     * Keeps a certificate with its first refusal, which {@link #add} counts.
     *
     * @param number see {@link #add}
     */
    KeptRefusal(RefusedCertificate first, long number) {
        this.thumbprint = first.thumbprint();
        this.first = first;
        this.reason = first.reason();
        this.peer = bounded(first.peer());
        this.lastSeen = first.lastSeen().toEpochMilli();
        this.order = number;
    }

    Thumbprint thumbprint() {
        return thumbprint;
    }

    /** Returns the position of the last refusal among those of all certificates. */
    long order() {
        return order;
    }

    /** Returns whether this has left the list. */
    boolean isForgotten() {
        return first == null;
    }

    /** Releases the text of the certificate: the cache may hold this object for long. */
    void forget() {
        first = null;
        peer = "";
    }

    /** A proxy's valve may take the address from a header field of any length. */
    private static String bounded(String peer) {
        return peer.length() <= SafeText.MAX_LENGTH ? peer : peer.substring(0, SafeText.MAX_LENGTH + 1);
    }

    /**
     * Counts a refusal.
     *
     * @param number its position among the refusals of all certificates
     */
    void add(Refusal refusal, long now, long number) {
        count.incrementAndGet();
        reason = refusal.verdict().reason();
        peer = bounded(refusal.peer());
        lastSeen = now;
        order = number;
    }

    /** Returns the certificate with its numbers at this moment, or null if it has left the list. */
    @Nullable
    RefusedCertificate toRefusedCertificate() {
        RefusedCertificate known = first;
        return known == null
                ? null
                : new RefusedCertificate(
                        thumbprint,
                        known.subject(),
                        known.issuer(),
                        known.notBefore(),
                        known.notAfter(),
                        known.pem(),
                        reason,
                        known.firstSeen(),
                        Instant.ofEpochMilli(lastSeen),
                        Math.max(1, count.get()),
                        SafeText.text(peer));
    }
}
