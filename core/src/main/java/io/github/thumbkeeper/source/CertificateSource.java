/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the certificate of a request: in the TLS connection, or in a header field of a trusted proxy.
 *
 * <p>Implementations are thread-safe.
 *
 * @see TlsSource
 */
public interface CertificateSource {

    /** Returns the certificate of a request, or why there is none. */
    PresentedCertificate find(Exchange exchange);

    /**
     * Returns the chain of the TLS connection, leaf first and as the container gave it, if it is all that matters of a request. So
     * that no object is made for most requests, the gate calls this first.
     *
     * @return null for any other request, which {@link #find} describes
     */
    default X509Certificate @Nullable [] connectionChain(Exchange exchange) {
        return null;
    }

    /**
     * Prevents inner gates from taking a proxy's certificate for the client's. Called for a request that passes without {@link
     * #find}.
     */
    void disown(Exchange exchange);

    /** Returns the header fields of a request that the application must not see. Never throws: in doubt returns all of them. */
    HeaderNames hidden(Exchange exchange);

    /** Returns the end of the certificate of each pinned proxy that has been seen, by its pin. */
    default Map<Thumbprint, Instant> proxyEnds() {
        return Map.of();
    }
}
