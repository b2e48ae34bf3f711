/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import io.github.thumbkeeper.source.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose header is believed: peers with these addresses, or with these certificates, or, if both are given, with both.
 *
 * <p>Safe to share between threads.
 */
public final class TrustedProxies {

    private final List<AddressRange> addresses;
    private final @Nullable ProxyPins pins;

    /**
     * Makes the proxies.
     *
     * @param addresses the addresses of the socket's peer; empty if pins alone tell
     * @param pins the certificates of the TLS connection itself; null if addresses alone tell
     * @throws IllegalArgumentException if there is neither: the default is nobody
     */
    public TrustedProxies(List<AddressRange> addresses, @Nullable ProxyPins pins) {
        if (addresses.isEmpty() && pins == null) {
            throw new IllegalArgumentException("nobody is trusted");
        }
        this.addresses = List.copyOf(addresses);
        this.pins = pins;
    }

    /** Returns whether the peer of a request is one of them. */
    public boolean trust(Exchange exchange) {
        return (addresses.isEmpty() || holds(exchange.peerAddress()))
                && (pins == null || pins.hold(exchange.tlsCertificates()));
    }

    private boolean holds(@Nullable String peer) {
        byte[] address = peer == null ? null : IpAddress.parse(peer);
        return address != null && addresses.stream().anyMatch(range -> range.contains(address));
    }
}
