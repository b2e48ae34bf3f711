/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents: the client's own certificate, or the reason why there is none to judge. Exactly one of the two
 * is there.
 *
 * @param certificate the certificate whose key the client has proved to hold, or null
 * @param others what was sent along with it: claims of the client, with which a path may be found; any of them may be null
 * @param reason why there is no certificate, or null
 */
public record Presented(
        @Nullable X509Certificate certificate,
        List<@Nullable X509Certificate> others,
        @Nullable Reason reason) {

    static final Presented NOTHING = new Presented(null, List.of(), Reason.NO_CERTIFICATE);
    static final Presented MALFORMED = new Presented(null, List.of(), Reason.MALFORMED);
}
