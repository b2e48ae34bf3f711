/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.observe.ExpiringItem;
import io.github.thumbkeeper.observe.Expiry;
import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.observe.RecentRefusals;
import io.github.thumbkeeper.observe.RefusedClient;
import io.github.thumbkeeper.observe.StoreStatus;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * Shows a gate to its administrator by JMX, from its start to its end.
 *
 * <p>Thread-safe.
 *
 * @see GateMXBean
 */
public final class GateMonitor implements GateMXBean, AutoCloseable {

    /** Domain of the names of all gates. */
    public static final String DOMAIN = "io.github.thumbkeeper";

    private static final Duration SOONEST_INTERVAL = Duration.ofMinutes(1);
    private static final int MOST_LABELS = 100;
    private static final int MOST_ITEMS = 1000;
    private static final int MOST_NAMESAKES = 100;
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Gate gate;
    private final Counters counters;
    private final RecentRefusals refusals;
    private final Expirations expirations;
    private final Duration warning;
    private final InstantSource clock;
    private final BooleanSupplier refresh;
    private volatile @Nullable ObjectName registered;
    private volatile @Nullable Soonest soonest;

    /** What ends first, and how much ends soon. */
    private record Soonest(Optional<Expiry> expiry, int expiring, Instant foundAt) {}

    /**
     * Creates a monitor.
     *
     * @param name the name of the gate, as in the log
     * @param warning how long before its end something counts as expiring
     * @param refresh reads all stores now and waits for them; returns whether all have been read
     */
    public GateMonitor(
            String name,
            Gate gate,
            Counters counters,
            RecentRefusals refusals,
            Expirations expirations,
            Duration warning,
            InstantSource clock,
            BooleanSupplier refresh) {
        this.name = name;
        this.gate = gate;
        this.counters = counters;
        this.refusals = refusals;
        this.expirations = expirations;
        this.warning = warning;
        this.clock = clock;
        this.refresh = refresh;
    }

    /**
     * Registers the gate in JMX. A gate that cannot be registered works all the same, because it guards requests and JMX only
     * shows it: the log has the reason.
     */
    public void register() {
        try {
            registered = register(ManagementFactory.getPlatformMBeanServer());
        } catch (JMException | RuntimeException | LinkageError e) {
            LogTopic.GATE
                    .logger()
                    .log(
                            Level.WARNING,
                            "TK-422 gate [" + name + "] is not visible in JMX: " + SafeText.text(e.toString()));
        }
    }

    /** Two gates may have the same name, such as filters of applications on two hosts; the second gets a number. */
    private ObjectName register(MBeanServer server) throws JMException {
        for (int number = 1; ; number++) {
            String unique = number == 1 ? name : name + "#" + number;
            ObjectName free = new ObjectName(DOMAIN + ":type=Gate,name=" + ObjectName.quote(unique));
            try {
                server.registerMBean(new StandardMBean(this, GateMXBean.class, true), free);
                return free;
            } catch (InstanceAlreadyExistsException e) {
                if (number == MOST_NAMESAKES) {
                    throw e;
                }
            }
        }
    }

    /** Removes the gate from JMX. */
    @Override
    public void close() {
        ObjectName before = registered;
        registered = null;
        if (before != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(before);
            } catch (JMException | RuntimeException e) {
                // Another one has removed it.
            }
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getMode() {
        return gate.policy().mode().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String getState() {
        Reason outage = gate.state().outage();
        if (outage == null) {
            return "UP";
        }
        return outage == Reason.STALE_LIST ? "STALE" : "NO_LIST";
    }

    @Override
    public long getAdmitted() {
        return counters.admitted();
    }

    @Override
    public long getRefused() {
        return counters.refused();
    }

    @Override
    public Map<String, Long> getRefusedByCode() {
        Map<String, Long> byCode = new TreeMap<>();
        for (Reason reason : Reason.values()) {
            byCode.merge(reason.code(), counters.refused(reason), Long::sum);
        }
        return byCode;
    }

    @Override
    public long getReported() {
        return counters.reported();
    }

    @Override
    public long getExempt() {
        return counters.exempt();
    }

    @Override
    public long getHeadersIgnored() {
        return counters.headersIgnored();
    }

    @Override
    public long getSoftFailures() {
        return counters.softFails();
    }

    @Override
    public List<StoreStatus> getStores() {
        return gate.state().stores().stream().map(GateMonitor::status).toList();
    }

    private static StoreStatus status(StoreState state) {
        return new StoreStatus(
                state.location(), state.entries(), seconds(state.age()), state.failing(), seconds(state.duration()));
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? -1 : duration.toNanos() / NANOS;
    }

    @Override
    public int getEntries() {
        return gate.list().map(AllowList::size).orElse(0);
    }

    @Override
    public int getUnmatchedEntries() {
        return gate.list().map(AllowList::unmatchedCount).orElse(0);
    }

    @Override
    public List<String> getUnmatchedLabels() {
        return gate.list().stream()
                .flatMap(AllowList::unmatched)
                .limit(MOST_LABELS)
                .map(GateMonitor::nameOf)
                .toList();
    }

    private static String nameOf(Entry entry) {
        String label = entry.label();
        return label == null ? entry.digest().toString() : SafeText.text(label);
    }

    @Override
    public int getExpiring() {
        return ends().expiring;
    }

    @Override
    public String getSoonestExpiry() {
        return ends().expiry.map(Expiry::toString).orElse("");
    }

    @Override
    public long getSoonestExpirySeconds() {
        Instant now = clock.instant();
        return ends().expiry
                .filter(each -> each.end().isAfter(now))
                .map(each -> Duration.between(now, each.end()).toSeconds())
                .orElse(-1L);
    }

    /** Searched for at most once a minute: a monitoring system asks often, and a list may have a million ends. */
    private Soonest ends() {
        Instant now = clock.instant();
        Soonest known = soonest;
        if (known == null || Duration.between(known.foundAt, now).abs().compareTo(SOONEST_INTERVAL) >= 0) {
            known = new Soonest(
                    expirations.soonestAfter(now),
                    expirations.before(now.plus(warning)).size(),
                    now);
            soonest = known;
        }
        return known;
    }

    @Override
    public boolean refresh() {
        return refresh.getAsBoolean();
    }

    @Override
    public List<String> explain(String pem) {
        List<X509Certificate> chain = chain(pem);
        Explanation explanation = gate.explain(chain.get(0), chain.subList(1, chain.size()), clock.instant());
        List<String> lines = new ArrayList<>();
        explanation.steps().forEach(step -> lines.add(step.outcome() + " " + step.name() + ": " + step.text()));
        lines.add(
                explanation.verdict() instanceof Verdict.Refused refused
                        ? "REFUSED " + refused.reason().code() + ": "
                                + refused.reason().text()
                        : "ADMITTED");
        lines.addAll(explanation.advice());
        return lines;
    }

    private static List<X509Certificate> chain(String pem) {
        try {
            List<X509Certificate> chain = CertificateReader.readAll(pem.getBytes(StandardCharsets.UTF_8))
                    .certificates();
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("expected a certificate in PEM");
            }
            return chain;
        } catch (CertificateFormatException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    @Override
    public List<RefusedClient> recentlyRefused() {
        return refusals.all().stream().map(RefusedClient::of).toList();
    }

    @Override
    public List<ExpiringItem> expiring(int days) {
        return expirations.before(clock.instant().plus(Duration.ofDays(days))).stream()
                .limit(MOST_ITEMS)
                .map(each -> new ExpiringItem(
                        each.kind().name(),
                        each.store(),
                        SafeText.text(each.name()),
                        each.end().truncatedTo(ChronoUnit.SECONDS).toString()))
                .toList();
    }
}
