/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy forwards: a certificate, or nothing but its thumbprint.
 *
 * @param certificate the certificate of the client, the key of which it has proved to the proxy to hold, or null
 * @param others what the client sent along with it
 * @param claimed the SHA-256 thumbprint if there is no certificate, else null
 */
record ForwardedCertificate(
        @Nullable X509Certificate certificate,
        List<X509Certificate> others,
        @Nullable Thumbprint claimed) {
    ForwardedCertificate {
        others = List.copyOf(others);
    }

    ForwardedCertificate(X509Certificate certificate) {
        this(certificate, List.of());
    }

    ForwardedCertificate(X509Certificate certificate, List<X509Certificate> others) {
        this(certificate, others, null);
    }

    static ForwardedCertificate claim(Thumbprint sha256) {
        return new ForwardedCertificate(null, List.of(), sha256);
    }

    /** Returns the first as the client's own. */
    static ForwardedCertificate leafFirst(List<X509Certificate> chain) {
        return new ForwardedCertificate(chain.get(0), chain.subList(1, chain.size()));
    }
}
