/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * Client certificates that gates took from a proxy's header, in the order of the gates: a gate checks the certificate that
 * the nearest gate before it took. Only types of the JDK are kept, so that valves of two class loaders understand each other.
 */
final class ForwardedCertificates {

    private static final String NOTE = ForwardedCertificates.class.getName();

    private ForwardedCertificates() {}

    /**
     * Returns what the nearest gate before this one took, empty if the proxy forwarded no certificate; null if no gate
     * before this one found a trusted proxy.
     *
     * @param gate the name of the gate that asks, which from then on has its place on the request's way
     */
    static X509Certificate @Nullable [] before(Request request, String gate) {
        Map<String, X509Certificate @Nullable []> all = of(request);
        if (all == null) {
            return null;
        }
        X509Certificate[] nearest = null;
        for (Map.Entry<String, X509Certificate @Nullable []> each : all.entrySet()) {
            if (each.getKey().equals(gate)) {
                return nearest;
            }
            nearest = each.getValue() == null ? nearest : each.getValue();
        }
        if (request.isAsyncDispatching()) {
            // This gate saw the request before any of them did.
            return null;
        }
        all.put(gate, null);
        return nearest;
    }

    /** Keeps what a gate took, empty if the proxy forwarded no certificate. */
    static void put(Request request, String gate, X509Certificate[] chain) {
        Map<String, X509Certificate @Nullable []> all = of(request);
        if (all == null) {
            all = new LinkedHashMap<>();
            request.setNote(NOTE, all);
        }
        all.put(gate, chain.clone());
    }

    @SuppressWarnings("unchecked") // only this class sets the note
    private static @Nullable Map<String, X509Certificate @Nullable []> of(Request request) {
        return request.getNote(NOTE) instanceof Map<?, ?> all ? (Map<String, X509Certificate @Nullable []>) all : null;
    }
}
