/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port for the search of a valid path from a certificate to a root of the trust store. Thread-safe. */
@FunctionalInterface
public interface TrustCheck {

    /**
     * Verifies a certificate. Never throws: every failure is a reason to refuse the certificate.
     *
     * @param certificate the client's own certificate
     * @param presented the certificates that the client sent with it. They can complete a path, and prove nothing by themselves
     * @param now the current time
     */
    TrustResult verify(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now);
}
