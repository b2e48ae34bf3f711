/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the certificate from the TLS connection: the leaf, because the client has proved that it holds the key of no other.
 *
 * <p>Immutable and thread-safe.
 */
public final class TlsSource implements CertificateSource {

    private static final PresentedCertificate NONE = PresentedCertificate.refused(Reason.NO_CERTIFICATE);
    private static final PresentedCertificate MALFORMED = PresentedCertificate.refused(Reason.MALFORMED);

    /** Returns the leaf of the chain; a container that gives anything other than a chain gives no certificate. */
    @Override
    public PresentedCertificate find(Exchange exchange) {
        Object chain = exchange.clientCertificates();
        if (chain == null) {
            return NONE;
        }
        if (!(chain instanceof X509Certificate[] certificates) || certificates.length == 0) {
            return MALFORMED;
        }
        // Read once: the application may hold the same array.
        X509Certificate leaf = certificates[0];
        return leaf == null ? MALFORMED : PresentedCertificate.Found.ofConnection(leaf, certificates);
    }

    @Override
    public X509Certificate @Nullable [] connectionChain(Exchange exchange) {
        return exchange.clientCertificates() instanceof X509Certificate[] chain && chain.length > 0 ? chain : null;
    }

    /** Does nothing: the connection's certificate is the client's. */
    @Override
    public void disown(Exchange exchange) {}

    @Override
    public HeaderNames hidden(Exchange exchange) {
        return HeaderNames.NONE;
    }
}
