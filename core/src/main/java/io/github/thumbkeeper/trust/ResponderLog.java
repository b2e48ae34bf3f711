/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.Printable;
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
    private final Map<URI, Instant> told = new ConcurrentHashMap<>();

    void tell(URI uri, Evidence evidence, Instant now) {
        boolean helps = evidence.status() == RevocationStatus.GOOD || evidence.status() == RevocationStatus.REVOKED;
        if (helps || (told.size() >= MOST && !told.containsKey(uri))) {
            return;
        }
        if (isDue(uri, now)) {
            logger.log(
                    Level.WARNING,
                    "TK-321 " + Printable.quoted(uri.toString()) + " does not help to tell whether a certificate is"
                            + " revoked: " + evidence.why());
        }
    }

    private boolean isDue(URI uri, Instant now) {
        Instant last = told.get(uri);
        boolean due = last == null || Duration.between(last, now).abs().compareTo(REMINDER) >= 0;
        return due && Objects.equals(told.put(uri, now), last);
    }
}
