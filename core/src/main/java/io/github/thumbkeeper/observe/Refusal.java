/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * One refused request, as far as a listener may know it.
 *
 * @param verdict the verdict, with the reason
 * @param method the HTTP method as sent
 * @param path the path as sent
 * @param peer the address of the peer
 * @param certificate the certificate presented, or null
 * @param failure what was thrown unexpectedly, or null
 */
public record Refusal(
        Verdict.Refused verdict,
        String method,
        String path,
        String peer,
        @Nullable X509Certificate certificate,
        @Nullable Throwable failure) {}
