/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.source.Exchange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trusted proxies, by address or by certificate; if both are configured, both must match. Only their header fields are read.
 *
 * <p>Thread-safe.
 */
public final class TrustedProxies {

    private final List<AddressRange> addresses;
    private final @Nullable ProxyPins pins;

    /**
     * Creates the proxies.
     *
     * @param addresses the addresses of the proxies; empty if only the pins decide
     * @param pins the certificates of the proxies; null if only the addresses decide
     * @throws IllegalArgumentException if both are missing: by default no proxy is trusted
     */
    public TrustedProxies(List<AddressRange> addresses, @Nullable ProxyPins pins) {
        if (addresses.isEmpty() && pins == null) {
            throw new IllegalArgumentException("no proxy is trusted");
        }
        this.addresses = List.copyOf(addresses);
        this.pins = pins;
    }

    /** Returns whether the peer of a request is a trusted proxy. */
    public boolean isTrusted(Exchange exchange) {
        return (addresses.isEmpty() || holds(exchange.peerAddress()))
                && (pins == null || pins.matches(exchange.tlsCertificates()));
    }

    /** Returns the end of the certificate of each pinned proxy that has been seen, by its pin. */
    public Map<Thumbprint, Instant> ends() {
        return pins == null ? Map.of() : pins.ends();
    }

    private boolean holds(@Nullable String peer) {
        byte[] address = peer == null ? null : IpAddress.parse(peer);
        return address != null && addresses.stream().anyMatch(range -> range.contains(address));
    }
}
