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
     * @param gate the name of the gate that asks. From then on it has its place on the request's way, also if the request comes
     *     to it again after the gates behind it: in an asynchronous dispatch, or after RewriteValve
     */
    static X509Certificate @Nullable [] before(Request request, String gate) {
        Map<String, X509Certificate @Nullable []> all = of(request);
        X509Certificate[] nearest = null;
        for (Map.Entry<String, X509Certificate @Nullable []> each : all.entrySet()) {
            if (each.getKey().equals(gate)) {
                return nearest;
            }
            nearest = each.getValue() == null ? nearest : each.getValue();
        }
        all.put(gate, null);
        return nearest;
    }

    /** Keeps what a gate took, empty if the proxy forwarded no certificate. */
    static void put(Request request, String gate, X509Certificate[] chain) {
        of(request).put(gate, chain.clone());
    }

    @SuppressWarnings("unchecked") // only this class sets the note
    private static Map<String, X509Certificate @Nullable []> of(Request request) {
        if (request.getNote(NOTE) instanceof Map<?, ?> known) {
            return (Map<String, X509Certificate @Nullable []>) known;
        }
        Map<String, X509Certificate @Nullable []> all = new LinkedHashMap<>();
        request.setNote(NOTE, all);
        return all;
    }
}
