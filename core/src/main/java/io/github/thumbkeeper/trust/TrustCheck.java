/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a valid path from a certificate to one of the trust store. Safe to share between threads. */
@FunctionalInterface
public interface TrustCheck {

    /**
     * Verifies a certificate. Whatever goes wrong on the way is a reason to refuse it, never an exception.
     *
     * @param certificate the client's own certificate
     * @param presented what the client sent along with it: used to find a path, believed for nothing
     * @param now the current time
     */
    Verified verify(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now);
}
