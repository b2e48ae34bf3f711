/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

/**
 * Where the certificate of a request comes from.
 *
 * <p>Implementations are safe to share between threads.
 */
public interface CertificateSource {

    /** Returns what a request presents. */
    PresentedCertificate find(Exchange exchange);

    /**
     * Keeps the next gates from taking the connection's certificate for the client's if it is a proxy's. Called for a request
     * that passes without {@link #find}.
     */
    void disown(Exchange exchange);

    /** Returns the header fields of a request that the application must not see. Never throws: in doubt it is all of them. */
    HeaderNames hidden(Exchange exchange);
}
