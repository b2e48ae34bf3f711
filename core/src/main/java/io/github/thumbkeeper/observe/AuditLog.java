/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs refused requests: the code, the thumbprint in the form of the settings, and the correlation id of the response; and admitted
 * ones at the level DEBUG. Text from the client is escaped and truncated.
 *
 * <p>A flood of refusals is not a flood of lines: each peer gets a few lines a minute for each reason. The other refusals are
 * counted, and logged as one line for each reason at the next request or refresh after that minute.
 *
 * <p>Thread-safe.
 */
public final class AuditLog implements GateListener {

    private static final long PERIOD = Duration.ofMinutes(1).toMillis();

    /** Greatest number of peers named in the line about a minute. */
    private static final int MOST_PEERS = 5;

    private final System.Logger logger = LogTopic.REFUSAL.logger();
    private final System.Logger admissions = LogTopic.ADMISSION.logger();
    private final String gate;
    private final String missing;
    private final Supplier<String> list;
    private final InstantSource clock;
    private final Map<Reason, PeerLimit> limits = new EnumMap<>(Reason.class);
    private final AtomicLong periodStart;
    private volatile boolean swallowed;

    /**
     * Creates the log.
     *
     * @param gate the name of the gate; empty for one without a name
     * @param missing what a request without a certificate lacks, and what to do about it; a clause
     * @param list returns the stores and their sizes, for the message about a certificate that is not listed
     * @param clock the clock that measures the minute
     */
    public AuditLog(String gate, String missing, Supplier<String> list, InstantSource clock) {
        this.gate = gate;
        this.missing = missing;
        this.list = list;
        this.clock = clock;
        this.periodStart = new AtomicLong(clock.millis());
        for (Reason reason : Reason.values()) {
            limits.put(reason, new PeerLimit());
        }
    }

    @Override
    public void admitted(Verdict.Admitted verdict) {
        summarizeIfSwallowed();
        if (admissions.isLoggable(Level.DEBUG)) {
            admissions.log(Level.DEBUG, admittedText(verdict.identity()));
        }
    }

    private String admittedText(Identity identity) {
        return "admitted " + SafeText.quoted(String.valueOf(identity.name()))
                + " by certificate [" + identity.thumbprint() + "]"
                + atGate();
    }

    private String atGate() {
        return gate.isEmpty() ? "" : " at gate " + SafeText.quoted(gate);
    }

    @Override
    public void exempt(Verdict.Exempt verdict) {
        summarizeIfSwallowed();
    }

    @Override
    public void refreshed(Verdict.@Nullable Refused outage) {
        summarizeIfSwallowed();
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusal.verdict().reason().isOutage()) {
            // During an outage every request is refused for the same reason, and OutageLog logs it.
            return;
        }
        boolean internal = refusal.verdict().reason() == Reason.INTERNAL;
        Level level = internal ? Level.ERROR : Level.WARNING;
        if (!logger.isLoggable(level)) {
            return;
        }
        endPeriodIfDue();
        if (!limit(refusal.verdict().reason()).take(refusal.peer())) {
            swallowed = true;
            return;
        }
        Throwable failure = refusal.failure();
        if (failure == null) {
            logger.log(level, text(refusal));
        } else {
            logger.log(level, text(refusal), LoggableFailure.withText(failure));
        }
    }

    private void summarizeIfSwallowed() {
        if (swallowed) {
            endPeriodIfDue();
        }
    }

    /** A clock that was set back ends the period too, otherwise there would be no line until the clock has caught up. */
    private void endPeriodIfDue() {
        long now = clock.millis();
        long start = periodStart.get();
        if (Math.abs(now - start) < PERIOD || !periodStart.compareAndSet(start, now)) {
            return;
        }
        swallowed = false;
        limits.forEach((reason, limit) -> {
            Map<String, Long> counts = limit.drain();
            if (!counts.isEmpty()) {
                logger.log(Level.WARNING, summary(reason, counts, Instant.ofEpochMilli(start)));
            }
        });
    }

    private String summary(Reason reason, Map<String, Long> counts, Instant start) {
        List<Map.Entry<String, Long>> most = counts.entrySet().stream()
                .filter(each -> !each.getKey().equals(PeerLimit.OTHERS))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_PEERS)
                .toList();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long rest = all - most.stream().mapToLong(Map.Entry::getValue).sum();
        List<String> peers = new ArrayList<>();
        most.forEach(each -> peers.add(each.getValue() + " from " + SafeText.quoted(each.getKey())));
        if (rest > 0) {
            peers.add(rest + " from other peers");
        }
        return "TK-140 " + Counted.of(all, "more refusals") + " for " + reason.code() + " (" + reason.text()
                + ")" + atGate() + " since " + start
                + (all == 1 ? " has no line of its own: " : " have no line of their own: ")
                + String.join(", ", peers);
    }

    @SuppressWarnings("NullAway") // the constructor adds a limit for every reason
    private PeerLimit limit(Reason reason) {
        return limits.get(reason);
    }

    private String text(Refusal refusal) {
        Reason reason = refusal.verdict().reason();
        return reason.code()
                + (refusal.verdict().enforced() ? " refused " : " would have refused ")
                + SafeText.text(refusal.method()) + " " + SafeText.quoted(refusal.path())
                + from(refusal)
                + ": " + refusal.verdict().text() + presented(refusal.certificate())
                + (reason == Reason.NO_CERTIFICATE ? "; " + missing : "")
                + (reason == Reason.NOT_LISTED || reason == Reason.NO_RULE ? "; listed: " + list.get() : "")
                + "; urn:uuid:" + refusal.verdict().response().id();
    }

    private String from(Refusal refusal) {
        String remote = refusal.remoteAddress();
        return " from " + SafeText.quoted(refusal.peer())
                + (remote.equals(refusal.peer()) ? "" : " (remote address " + SafeText.quoted(remote) + ")")
                + atGate();
    }

    private static String presented(@Nullable X509Certificate certificate) {
        return certificate == null
                ? ""
                : "; certificate [" + thumbprint(certificate) + "] subject ["
                        + orFailure(() -> DistinguishedNames.subjectOf(certificate)) + "] issuer ["
                        + orFailure(() -> DistinguishedNames.issuerOf(certificate)) + "]";
    }

    /** Returns the thumbprint; a certificate that throws must not keep the refusal out of the log. */
    private static String thumbprint(X509Certificate certificate) {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256).toString();
        } catch (Throwable e) {
            return "none: " + e.getClass().getName();
        }
    }

    private static String orFailure(Supplier<String> name) {
        try {
            return name.get();
        } catch (Throwable e) {
            return "none: " + e.getClass().getName();
        }
    }
}
