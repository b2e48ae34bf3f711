/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the certificate from the TLS connection: the leaf, which is the only one the client has proved to hold the key of.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class TlsSource implements CertificateSource {

    /** Returns the leaf of the chain; whatever else stands in its place is no certificate. */
    @Override
    public PresentedCertificate find(Exchange exchange) {
        Object chain = exchange.clientCertificates();
        if (chain == null) {
            return PresentedCertificate.NOTHING;
        }
        if (!(chain instanceof X509Certificate[] certificates) || certificates.length == 0) {
            return PresentedCertificate.MALFORMED;
        }
        // Read once: the application may hold the same array.
        X509Certificate leaf = certificates[0];
        return leaf == null
                ? PresentedCertificate.MALFORMED
                : new PresentedCertificate(leaf, others(certificates), null, null, false);
    }

    /** Does nothing: the connection's certificate is the client's. */
    @Override
    public void disown(Exchange exchange) {}

    @Override
    public HeaderNames hidden(Exchange exchange) {
        return HeaderNames.NONE;
    }

    private static List<@Nullable X509Certificate> others(@Nullable X509Certificate[] chain) {
        return Arrays.<@Nullable X509Certificate>asList(chain).subList(1, chain.length);
    }
}
