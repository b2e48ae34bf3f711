/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * Client certificates that gates took from a proxy's header, in the order of the gates: a gate checks the certificate of the
 * nearest gate before it. Only JDK types are stored, because the valves may belong to different class loaders.
 */
final class ForwardedCertificates {

    private static final String NOTE = ForwardedCertificates.class.getName();

    private ForwardedCertificates() {}

    /**
     * Returns the certificates of the nearest gate before this one, empty if the proxy forwarded none; null if no gate before
     * this one found a trusted proxy.
     *
     * @param gate the name of this gate. This call fixes its position, also if the request reaches it again after later gates: in
     *     an asynchronous dispatch, or after RewriteValve
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

    /** Stores the certificates that a gate took from the header, empty if the proxy forwarded none. */
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
