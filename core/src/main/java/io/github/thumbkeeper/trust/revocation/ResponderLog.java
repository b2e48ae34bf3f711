/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs the responders and CRL addresses that give no usable answer, at most one line an hour for each. Addresses come from
 * certificates, so the number of addresses is limited. Thread-safe.
 */
final class ResponderLog {

    private static final int MOST_PLACES = 256;

    private final System.Logger logger = LogTopic.REVOCATION.logger();
    private final Map<String, LogInterval> intervals = new ConcurrentHashMap<>();
    private final GateName gate;

    ResponderLog(GateName gate) {
        this.gate = gate;
    }

    /** Logs an answer that is neither good nor revoked. */
    void log(URI uri, RevocationEvidence evidence, Instant now) {
        if (evidence.status() != RevocationStatus.GOOD && evidence.status() != RevocationStatus.REVOKED) {
            log(uri.toString(), evidence.why(), now);
        }
    }

    /** Logs an address of a certificate that cannot be used. */
    void logUnusable(String place, Instant now) {
        log(place, "it is not a readable http or https address with a host", now);
    }

    private void log(String place, String why, Instant now) {
        boolean full = intervals.size() >= MOST_PLACES && !intervals.containsKey(place);
        if (!full
                && intervals
                        .computeIfAbsent(place, missing -> new LogInterval(LogInterval.HOUR))
                        .isDue(now)) {
            logger.log(
                    Level.WARNING,
                    gate.after("TK-321 " + SafeText.quoted(place) + " does not help to check for revocation: " + why));
        }
    }
}
