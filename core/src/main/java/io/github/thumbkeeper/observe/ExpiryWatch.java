/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Warns of what ends within {@code expiryWarning}: at the start, when it becomes so, and then once a day each. What has ended is
 * reported for a week more, because clients have noticed by then.
 *
 * <p>It looks once an hour, in the threads that read the stores, and costs a request nothing. Thread-safe.
 */
public final class ExpiryWatch implements GateListener {

    /** Greatest number of lines at once; the soonest ends come first. */
    static final int MOST_LINES = 20;

    private static final int MOST_REMEMBERED = 1000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final System.Logger logger = LogTopic.EXPIRY.logger();
    private final GateName gate;
    private final Function<Instant, List<Expiry>> ending;
    private final Duration warning;
    private final InstantSource clock;
    private final LogInterval hourly = new LogInterval(LogInterval.HOUR);
    private final Map<Expiry, Instant> warned = new LinkedHashMap<>();

    /**
     * Creates the watch.
     *
     * @param gate the name of the gate
     * @param ending returns what ends before an instant, soonest first
     * @param warning how long before an end the warnings begin
     * @param clock the clock that ends are compared with
     */
    public ExpiryWatch(GateName gate, Function<Instant, List<Expiry>> ending, Duration warning, InstantSource clock) {
        this.gate = gate;
        this.ending = ending;
        this.warning = warning;
        this.clock = clock;
    }

    @Override
    public void refreshed(Verdict.@Nullable Refused outage) {
        Instant now = clock.instant();
        if (hourly.isDue(now)) {
            warn(now);
        }
    }

    private synchronized void warn(Instant now) {
        warned.values().removeIf(time -> !now.isBefore(time.plus(DAY)));
        int more = 0;
        int lines = 0;
        for (Expiry each : ending.apply(now.plus(warning))) {
            if (each.end().plus(WEEK).isBefore(now) || warned.containsKey(each)) {
                continue;
            }
            if (lines == MOST_LINES || warned.size() == MOST_REMEMBERED) {
                more++;
                continue;
            }
            lines++;
            warned.put(each, now);
            logger.log(Level.WARNING, gate.after("TK-341 " + text(each, now)));
        }
        if (more > 0) {
            logger.log(Level.WARNING, gate.after("TK-341 " + more + " more end within " + warning.toDays() + " days"));
        }
    }

    private static String text(Expiry each, Instant now) {
        Duration left = Duration.between(now, each.end());
        String date = each.end().truncatedTo(ChronoUnit.SECONDS).toString();
        if (left.isNegative() || left.isZero()) {
            return each.what() + " ended at " + date;
        }
        long days = left.toDays();
        String in = days > 0 ? plural(days, "day") : plural(Math.max(1, left.toHours()), "hour");
        return each.what() + " ends in " + in + ", at " + date;
    }

    private static String plural(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
