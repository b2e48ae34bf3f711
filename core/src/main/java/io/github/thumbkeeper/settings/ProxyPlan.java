/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.source.TlsSource;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.HeaderSource;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.source.peer.ProxyPins;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificates of a gate come from.
 *
 * @param header what a proxy sends, or null if certificates are those of TLS connections
 * @param addresses the addresses of trusted proxies
 * @param pins the thumbprints of their own certificates
 * @param skew by how much clocks may differ
 * @param byRemoteAddr whether what a container names for the peer is taken for the peer of the socket
 */
record ProxyPlan(
        @Nullable HeaderOptions header,
        List<AddressRange> addresses,
        List<Thumbprint> pins,
        Duration skew,
        boolean byRemoteAddr) {

    CertificateSource open(InstantSource clock) {
        if (header == null) {
            return new TlsSource();
        }
        ProxyPins proxyPins = pins.isEmpty() ? null : new ProxyPins(pins, clock, skew);
        return new HeaderSource(header, new TrustedProxies(addresses, proxyPins));
    }

    /** Returns whether nothing but what a container names for the peer tells whom to trust. */
    boolean needsPeer() {
        return header != null && pins.isEmpty() && !byRemoteAddr;
    }
}
