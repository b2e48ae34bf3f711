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
 * The source of a gate's certificates.
 *
 * <p>Immutable and thread-safe.
 *
 * @param header the header field that proxies set, or null to use the certificates of TLS connections
 * @param addresses the addresses of trusted proxies
 * @param pins the thumbprints of the trusted proxies' own certificates
 * @param skew the allowed difference between clocks
 * @param byRemoteAddr whether the remote address that the container reports is the peer of the socket
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

    /** Returns whether the peer of the socket is the only proof of a trusted proxy. */
    boolean needsPeer() {
        return header != null && pins.isEmpty() && !byRemoteAddr;
    }
}
