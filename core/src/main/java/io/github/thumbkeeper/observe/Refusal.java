/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Refused request, with the details that listeners may use.
 *
 * @param verdict the verdict, with the reason
 * @param method the HTTP method as sent
 * @param path the path as sent
 * @param peer the address of the socket's peer
 * @param remoteAddress the remote address as the container knows it, perhaps from a header; the same as the peer if nothing
 *     rewrites it
 * @param certificate the certificate presented, or null
 * @param failure the unexpected exception or error that caused the refusal, or null
 */
public record Refusal(
        Verdict.Refused verdict,
        String method,
        String path,
        String peer,
        String remoteAddress,
        @Nullable X509Certificate certificate,
        @Nullable Throwable failure) {

    /** Makes a refused request whose remote address is that of its peer. */
    public Refusal(
            Verdict.Refused verdict,
            String method,
            String path,
            String peer,
            @Nullable X509Certificate certificate,
            @Nullable Throwable failure) {
        this(verdict, method, path, peer, peer, certificate, failure);
    }
}
