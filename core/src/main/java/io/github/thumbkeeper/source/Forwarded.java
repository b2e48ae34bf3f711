/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a proxy forwards.
 *
 * @param certificate the certificate of the client, the key of which it has proved to the proxy to hold
 * @param others what the client sent along with it
 */
record Forwarded(X509Certificate certificate, List<X509Certificate> others) {
    Forwarded {
        others = List.copyOf(others);
    }

    Forwarded(X509Certificate certificate) {
        this(certificate, List.of());
    }

    /** Returns the first as the client's own. */
    static Forwarded leafFirst(List<X509Certificate> chain) {
        return new Forwarded(chain.get(0), chain.subList(1, chain.size()));
    }
}
