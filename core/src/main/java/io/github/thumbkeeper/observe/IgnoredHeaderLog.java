/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.time.InstantSource;

/**
 * Tells the log that somebody who is not a trusted proxy sends the header of one: at the first, and at most once an hour.
 *
 * <p>Safe to share between threads.
 */
public final class IgnoredHeaderLog implements GateListener {

    private final System.Logger logger = System.getLogger(IgnoredHeaderLog.class.getName());
    private final HourlyWarning count;

    /**
     * Makes the log.
     *
     * @param clock tells when an hour has gone
     */
    public IgnoredHeaderLog(InstantSource clock) {
        this.count = new HourlyWarning(clock);
    }

    @Override
    public void headerIgnored(String peer) {
        count.add(number -> logger.log(
                Level.WARNING,
                "TK-331 " + number
                        + " requests have had a certificate header although they do not come from a trusted"
                        + " proxy, the last from " + SafeText.quoted(peer)
                        + "; it was ignored and removed. If that is a proxy of yours, it belongs into trustedProxies"));
    }
}
