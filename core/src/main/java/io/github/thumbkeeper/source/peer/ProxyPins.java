/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of trusted proxies, valid only between their dates.
 *
 * <p>Thread-safe.
 */
public final class ProxyPins {

    private final Set<Thumbprint> pins;
    private final Set<DigestAlgorithm> algorithms = new TreeSet<>();
    private final InstantSource clock;
    private final long skew;
    private final CertificateCache<Boolean> seen = new CertificateCache<>();
    /** At most one for each pin. */
    private final Map<Thumbprint, Instant> ends = new ConcurrentHashMap<>();

    /**
     * Creates the pins.
     *
     * @param pins the thumbprints of the certificates
     * @param clock the clock for their dates
     * @param skew the largest difference between clocks
     */
    public ProxyPins(List<Thumbprint> pins, InstantSource clock, Duration skew) {
        this.pins = Set.copyOf(pins);
        this.clock = clock;
        this.skew = skew.toMillis();
        pins.forEach(pin -> algorithms.add(pin.algorithm()));
    }

    /** Returns whether the leaf of the TLS connection itself is one of the pinned certificates, and in force. */
    boolean matches(@Nullable Object chain) {
        if (!(chain instanceof X509Certificate[] certificates) || certificates.length == 0) {
            return false;
        }
        X509Certificate leaf = certificates[0];
        return leaf != null && isPinned(leaf) && isInForce(leaf);
    }

    /** Returns the end of each pinned certificate that has been seen. */
    Map<Thumbprint, Instant> ends() {
        return Map.copyOf(ends);
    }

    private boolean isInForce(X509Certificate leaf) {
        long now = clock.millis();
        return now + skew >= leaf.getNotBefore().getTime()
                && now - skew <= leaf.getNotAfter().getTime();
    }

    private boolean isPinned(X509Certificate leaf) {
        Boolean known = seen.get(leaf);
        if (known == null) {
            known = find(leaf);
            seen.put(leaf, known);
        }
        return known;
    }

    private boolean find(X509Certificate leaf) {
        try {
            byte[] der = leaf.getEncoded();
            Optional<Thumbprint> pin = algorithms.stream()
                    .map(algorithm -> Thumbprint.ofEncoded(der, algorithm))
                    .filter(pins::contains)
                    .findFirst();
            pin.ifPresent(each -> ends.put(each, leaf.getNotAfter().toInstant()));
            return pin.isPresent();
        } catch (CertificateEncodingException e) {
            return false;
        }
    }
}
