/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents: the client's own certificate, or the reason why there is none to judge. Exactly one of the two
 * is there.
 */
public record Presented(
        @Nullable X509Certificate certificate, @Nullable Reason reason) {

    static final Presented NOTHING = new Presented(null, Reason.NO_CERTIFICATE);
    static final Presented MALFORMED = new Presented(null, Reason.MALFORMED);
}
