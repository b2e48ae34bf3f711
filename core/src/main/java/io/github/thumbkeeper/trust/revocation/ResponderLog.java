/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the log of sources that do not help, each once an hour. Safe to share between threads. */
final class ResponderLog {

    private static final Duration REMINDER = Duration.ofHours(1);
    private static final int MOST = 256;

    private final System.Logger logger = System.getLogger(ResponderLog.class.getName());
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    void tell(URI uri, RevocationEvidence evidence, Instant now) {
        if (evidence.status() != RevocationStatus.GOOD && evidence.status() != RevocationStatus.REVOKED) {
            tell(uri.toString(), evidence.why(), now);
        }
    }

    /** What certificates name and nobody can ask: another scheme, or what is no address at all. */
    void tellUnusable(String place, Instant now) {
        tell(place, "it is no http or https address with a host, or cannot be read", now);
    }

    private void tell(String place, String why, Instant now) {
        boolean full = told.size() >= MOST && !told.containsKey(place);
        if (!full && isDue(place, now)) {
            logger.log(
                    Level.WARNING,
                    "TK-321 " + SafeText.quoted(place) + " does not help to tell whether a certificate is revoked: "
                            + why);
        }
    }

    private boolean isDue(String place, Instant now) {
        Instant last = told.get(place);
        boolean due = last == null || Duration.between(last, now).abs().compareTo(REMINDER) >= 0;
        return due && Objects.equals(told.put(place, now), last);
    }
}
