/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import java.lang.System.Logger.Level;
import java.time.InstantSource;

/**
 * Tells the log that requests pass without anybody knowing whether their certificate is revoked: at the first, and at most once an
 * hour.
 *
 * <p>Safe to share between threads.
 */
public final class SoftFailLog implements GateListener {

    private final System.Logger logger = System.getLogger(SoftFailLog.class.getName());
    private final HourlyWarning count;

    /**
     * Makes the log.
     *
     * @param clock tells when an hour has gone
     */
    public SoftFailLog(InstantSource clock) {
        this.count = new HourlyWarning(clock);
    }

    @Override
    public void softFailed() {
        count.add(number -> logger.log(
                Level.WARNING,
                "TK-322 revocationSoftFail=true: " + number
                        + " requests have passed although nobody could tell whether"
                        + " their certificate is revoked"));
    }
}
