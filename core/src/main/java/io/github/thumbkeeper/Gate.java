/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.source.CorsPreflight;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.store.PendingLog;
import io.github.thumbkeeper.store.Reloader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each request whether it is admitted. A front end, such as the valve or the filter, translates: it wraps the
 * container's request in an {@link Exchange}, and acts on the {@link Verdict}.
 *
 * <pre>{@code
 * Gate gate = Settings.parse(Map.of("thumbprints", "sha256:9f86d0…"), resources)
 *         .open(new Counters(), InstantSource.system());
 * Verdict verdict = gate.decide(exchange);
 * if (verdict.errorResponse() == null) {
 *     // Pass the request on; an Admitted verdict has the identity of the client.
 * }
 * }</pre>
 *
 * <p>Everything a decision depends on is one immutable snapshot in one volatile field; a reload builds a new snapshot and swaps
 * it in. See {@link Reading} for the reload. A decision reads that field once, and takes no lock: results for a certificate are in
 * caches of the snapshot itself, so none outlives the list that it follows from. Reloads write the field one at a time, under a lock
 * that no decision needs.
 *
 * <p>Thread-safe. A gate owns no threads: the front end calls {@link #refresh} periodically, or runs each of the
 * {@link #readings} on a thread of its own, so that a store that hangs does not delay the others.
 *
 * @see GatePolicy
 * @see GateState
 */
public final class Gate {

    private final GateName name;
    private final GatePolicy policy;
    private final CertificateSource source;
    private final Stores stores;
    private final ReloadingRules rules;
    private final ReloadingRoles roles;
    private final ReloadingTrust trust;
    private final Listeners listeners;
    private final InstantSource clock;
    private final CertificateChecks checks;
    private final CertificateChecks.Findings findings;
    private final Refusals refusals;
    private final Verdict.Refused lastResort;
    private final Verdict.Refused noList;
    private final Verdict.Refused staleList;
    private final List<Reading> readings;

    private final PendingLog log = new PendingLog(LogTopic.STORE);
    private final TakeOverReports reports;

    /** Lock for the short step that puts a new value into force. No thread holds it while it reads, writes a log or calls a listener. */
    private final Object takeOver = new Object();

    private volatile Snapshot snapshot;
    private volatile boolean stopped;

    /** Informs the listeners of what a request's decision finds. */
    private final class ReportedFindings implements CertificateChecks.Findings {
        @Override
        public void softFailed() {
            listeners.softFailed();
        }

        @Override
        public void rolesHidden(Rule rule) {
            if (rules.isNewlyHidden(rule)) {
                listeners.rolesHidden(rule.text());
            }
        }
    }

    /** Everything a decision depends on, apart from the policy. Immutable; a reload replaces the whole object. */
    sealed interface Snapshot {

        /**
         * Every part has been read.
         *
         * @param readAt the time on the ticker at which the oldest part was read
         */
        record Complete(AllowList list, Rules rules, TrustSnapshot trust, long readAt) implements Snapshot {

            @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
            boolean isSameAs(Complete other) {
                return list == other.list && rules == other.rules && trust == other.trust;
            }

            /** Returns the same snapshot for an explanation, which is not a request. */
            Complete unobserved() {
                return new Complete(list.unobserved(), rules, trust, readAt);
            }
        }

        /** A part could not be read since the start, and the settings let the gate start without it. */
        enum Incomplete implements Snapshot {
            INSTANCE
        }
    }

    /**
     * Opens the gate: reads all stores, the rules and the trust store.
     *
     * @param name the name of the gate in the log
     * @param source the source of certificates
     * @param rules the rules, which add to the list and may restrict it
     * @param roles the mapping that adds roles to those of the entries
     * @param trust the trust store and the CRLs
     * @param clock the clock to compare dates with
     * @throws StoreException if a store cannot be read completely or lists no entries, unless the stores may start
     *     unavailable, or if the rules, the mapping of roles or the trust store cannot be read
     */
    public Gate(
            GateName name,
            GatePolicy policy,
            CertificateSource source,
            Stores stores,
            ReloadingRules rules,
            ReloadingRoles roles,
            ReloadingTrust trust,
            List<GateListener> listeners,
            InstantSource clock)
            throws StoreException {
        this.name = name;
        this.policy = policy;
        this.source = source;
        this.stores = stores;
        this.rules = rules;
        this.roles = roles;
        this.trust = trust;
        this.listeners = new Listeners(listeners);
        this.clock = clock;
        this.checks = new CertificateChecks(policy);
        this.findings = new ReportedFindings();
        this.refusals = new Refusals(policy);
        this.lastResort = refusals.of(Reason.INTERNAL);
        this.noList = refusals.of(Reason.NO_LIST);
        this.staleList = refusals.of(Reason.STALE_LIST);
        List<PendingLog> logs = List.of(stores.log(), rules.log(), roles.log(), trust.log(), log);
        logs.forEach(each -> each.of(name));
        this.snapshot = snapshot(openAll());
        warnOfContradictions(snapshot);
        this.readings = Stream.<List<? extends Reloader<?>>>of(
                        stores.reloaders(), rules.reloaders(), roles.reloaders(), trust.reloaders())
                .flatMap(List::stream)
                .map(each -> new Reading(this, each))
                .toList();
        this.reports = new TakeOverReports(logs, this::informListeners);
        reports.deliver();
    }

    /** Returns the name of the gate in the log. */
    public GateName name() {
        return name;
    }

    /** Collects every problem so that the administrator can fix them in one go. */
    private @Nullable AllowList openAll() throws StoreException {
        List<StoreException> problems = new ArrayList<>();
        tryTo(rules::open, problems);
        tryTo(roles::open, problems);
        tryTo(() -> trust.open(stores.mayStartWithout()), problems);
        AllowList list = null;
        try {
            list = stores.open();
        } catch (StoreException e) {
            problems.add(e);
        }
        if (!problems.isEmpty()) {
            throw StoreException.all(problems);
        }
        return list;
    }

    private static void tryTo(Opening opening, List<StoreException> problems) {
        try {
            opening.open();
        } catch (StoreException e) {
            problems.add(e);
        }
    }

    /** Reads something for the first time. */
    @FunctionalInterface
    private interface Opening {
        void open() throws StoreException;
    }

    /** Returns the policy of this gate. */
    public GatePolicy policy() {
        return policy;
    }

    /** Returns a snapshot of the state of this gate and of its stores, for monitoring. */
    public GateState state() {
        Verdict.Refused outage = outage(snapshot);
        List<StoreState> states = new ArrayList<>(stores.states());
        StoreState file = rules.state();
        if (file != null) {
            states.add(file);
        }
        states.addAll(roles.states());
        states.addAll(trust.states());
        return new GateState(outage == null ? null : outage.reason(), states);
    }

    /** Returns the list in force; empty while a store has not been read since the start. */
    Optional<AllowList> list() {
        return snapshot instanceof Snapshot.Complete now ? Optional.of(now.list()) : Optional.empty();
    }

    /** Returns whether the list in force has the certificate, whatever the checks make of it. */
    public boolean lists(X509Certificate certificate) {
        try {
            return snapshot instanceof Snapshot.Complete now && now.list().lists(certificate);
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    /** Returns the stores, rules, roles and trust store with their sizes, in one line for the log. */
    public String summary() {
        return Stream.of(summary(stores, rules), roles.summary(), trust.summary())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Returns the stores and rules with their sizes, in one line for the log. With both, the rules add to the list. */
    public static String summary(Stores stores, ReloadingRules rules) {
        return Stream.of(stores.summary(), rules.summary())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", and certificates that match "));
    }

    /**
     * Decides on one request. Never throws: every failure is a refusal, so that no error path lets a request pass (as in
     * CVE-2024-52316).
     */
    public Verdict decide(Exchange exchange) {
        X509Certificate certificate = null;
        Throwable failure = null;
        Verdict verdict;
        try {
            // The one volatile read: a reload in the middle of a decision must not mix two snapshots.
            Snapshot now = snapshot;
            verdict = outage(now);
            verdict = verdict == null ? exemption(exchange) : verdict;
            X509Certificate[] chain = verdict == null ? source.connectionChain(exchange) : null;
            // Read once: the application may hold the same array.
            certificate = chain == null ? null : chain[0];
            if (chain != null && certificate != null) {
                verdict = verdict(checks.decide(certificate, chain, (Snapshot.Complete) now, clock.millis(), findings));
            } else if (verdict == null) {
                PresentedCertificate presented = source.find(exchange);
                certificate = presented instanceof PresentedCertificate.Found found ? found.certificate() : null;
                verdict = decide(presented, (Snapshot.Complete) now, clock.millis(), findings);
                report(exchange, presented);
            } else if (verdict instanceof Verdict.Exempt) {
                source.disown(exchange);
            }
        } catch (Throwable e) {
            failure = e;
            verdict = internal();
        }
        listeners.decided(exchange, verdict, certificate, failure);
        return verdict;
    }

    /**
     * Explains the decision on a certificate: each check with its outcome, and what to change to admit it. Unlike {@link #decide},
     * it makes the checks after the first reason too, counts nothing and informs no listener. Never throws.
     *
     * @param leaf the client's own certificate
     * @param others the certificates that the client would send with it
     * @param at the time to compare dates with
     */
    public Explanation explain(X509Certificate leaf, List<X509Certificate> others, Instant at) {
        return explain(PresentedCertificate.Found.of(leaf, others), at, false);
    }

    /**
     * Explains the decision on a request, beginning with its path and the header fields of a proxy. Never throws.
     *
     * @param at the time to compare dates with
     */
    public Explanation explain(Exchange exchange, Instant at) {
        try {
            return outage(snapshot) == null && exemption(exchange) instanceof Verdict.Exempt exempt
                    ? Explainer.exempt(exempt)
                    : explain(source.find(exchange), at, true);
        } catch (Throwable e) {
            return Explainer.failed(internal());
        }
    }

    private Explanation explain(PresentedCertificate presented, Instant at, boolean fromRequest) {
        try {
            Snapshot now = snapshot;
            Verdict.Refused outage = outage(now);
            if (outage != null) {
                return Explainer.outage(outage);
            }
            Snapshot.Complete complete = ((Snapshot.Complete) now).unobserved();
            Verdict verdict = decide(presented, complete, at.toEpochMilli(), new CertificateChecks.Findings() {});
            return new Explainer(checks, complete, at).explain(presented, verdict, fromRequest);
        } catch (Throwable e) {
            return Explainer.failed(internal());
        }
    }

    private Verdict decide(
            PresentedCertificate presented, Snapshot.Complete now, long time, CertificateChecks.Findings toReport) {
        Verdict verdict;
        if (presented instanceof PresentedCertificate.Found found) {
            verdict = verdict(checks.decide(found.certificate(), found.chain(), now, time, toReport));
        } else if (presented instanceof PresentedCertificate.HashOnly hash) {
            verdict = decide(hash, now.list(), time);
        } else {
            PresentedCertificate.Refused refused = (PresentedCertificate.Refused) presented;
            verdict = policy.anonymous() && refused.reason() == Reason.NO_CERTIFICATE
                    ? Verdict.Exempt.ANONYMOUS
                    : refusals.of(refused.reason(), refused.detail());
        }
        // A header that only a proxy may send: if the request is refused, it is the reason to log.
        return presented.headerIgnored() && verdict instanceof Verdict.Refused
                ? refusals.of(Reason.HEADER_FROM_UNTRUSTED_PEER)
                : verdict;
    }

    /** Looks a hash up in the list, which is the only check then: the settings make sure of that. */
    private Verdict decide(PresentedCertificate.HashOnly hash, AllowList list, long time) {
        DigestAlgorithm listed = list.onlyAlgorithm();
        DigestAlgorithm sent = hash.thumbprint().algorithm();
        if (listed != null && listed != sent) {
            return refusals.of(
                    Reason.HEADER_MALFORMED,
                    hash.field() + ": is a " + sent.standardName() + " thumbprint, and the lists have "
                            + listed.standardName() + " thumbprints, which cannot be compared with it");
        }
        return verdict(list.find(hash.thumbprint()).at(time));
    }

    /** Reports what was ignored of a request. */
    private void report(Exchange exchange, PresentedCertificate presented) {
        if (presented.headerIgnored()) {
            listeners.headerIgnored(exchange);
        }
        if (presented instanceof PresentedCertificate.Found found
                && !found.chainIgnored().isEmpty()) {
            listeners.chainIgnored(exchange, found.chainIgnored());
        }
    }

    private Verdict verdict(ListDecision decision) {
        return decision instanceof ListDecision.Admitted admitted
                ? admitted.verdict()
                : refusals.of((ListDecision.Refused) decision);
    }

    /**
     * Returns the header fields of a request that the application must not see, whatever the verdict. Never throws: if in
     * doubt, returns all fields that can be hidden.
     */
    public HeaderNames hidden(Exchange exchange) {
        return source.hidden(exchange);
    }

    /** Returns everything that this gate reads repeatedly; each reading can run on a thread of its own. */
    public List<Reading> readings() {
        return readings;
    }

    /**
     * Reads everything again, one part after another on this thread, and puts it into force if it has changed. Waits for readings
     * on other threads, and for the log. Never throws: after a failure the last good values stay, and the next call tries again.
     *
     * @return whether the list, the rules or the trust store have changed
     */
    public boolean refresh() {
        Snapshot before = snapshot;
        try {
            for (Reading reading : readings) {
                reading.runNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (readings.isEmpty()) {
            change(() -> {});
            reports.deliver();
        }
        return snapshot instanceof Snapshot.Complete now
                && !(before instanceof Snapshot.Complete complete && now.isSameAs(complete));
    }

    /**
     * Logs each reading that takes longer than this, and an outage. Call it regularly, on a thread that does nothing else: it waits
     * for the log, which may hang. Never throws.
     */
    public void watch(Duration limit) {
        change(() -> readings.forEach(reading -> reading.noteOverrun(limit)));
        reports.deliver();
    }

    /** Ends refreshing: the result of a reading that is still running is neither put into force nor logged. */
    public void stopRefreshing() {
        synchronized (takeOver) {
            stopped = true;
        }
    }

    /**
     * Puts the result of a reading into force, and ends its turn under the same lock, so that it is not reported as overrunning.
     *
     * @param reading the short step that does it, or null if not even that could be made
     */
    void takeOver(@Nullable Runnable reading, Runnable end) {
        synchronized (takeOver) {
            try {
                if (reading != null) {
                    change(reading);
                }
            } finally {
                end.run();
            }
        }
    }

    /** Writes the log lines of what was taken over, and informs the listeners; may wait for them. Never throws. */
    void report() {
        reports.deliver();
    }

    /** At each report, even if nothing has changed: a list may grow too old while a reading hangs. */
    private void informListeners() {
        if (!stopped) {
            listeners.refreshed(outage(snapshot));
        }
    }

    /** Runs a step that changes the state of stores, and makes a new snapshot of all stores. */
    private void change(Runnable step) {
        synchronized (takeOver) {
            if (stopped) {
                return;
            }
            try {
                step.run();
                renew();
            } catch (Throwable e) {
                complain(e);
            }
        }
    }

    private void renew() {
        AllowList list = stores.list();
        // At once, because the next steps may fail.
        snapshot = snapshot(list);
        rules.renew();
        roles.renew();
        trust.renew();
        snapshot = snapshot(list);
        try {
            warnOfContradictions(snapshot);
        } catch (Throwable e) {
            // Everything is in force already; the warnings come with the next change.
        }
    }

    /** Warns of parts that do not fit together. Last of all, because it may take long or fail. */
    private void warnOfContradictions(Snapshot now) {
        TrustSnapshot trusted = trust.trust();
        if (trusted != null) {
            rules.warnOfUnknownIssuers(trusted.labels());
        }
        if (now instanceof Snapshot.Complete complete) {
            roles.warnOfUnused(complete.list());
            rules.warnOfHiddenRoles(complete.list());
        }
    }

    private Snapshot snapshot(@Nullable AllowList list) {
        TrustSnapshot trusted = trust.trust();
        if (list == null || trusted == null) {
            return Snapshot.Incomplete.INSTANCE;
        }
        return new Snapshot.Complete(
                roles.applyTo(list),
                rules.rules(),
                trusted,
                trust.olderOf(roles.olderOf(rules.olderOf(stores.readAt()))));
    }

    /**
     * Returns the refusal of every request, in every mode, while there is no list or the list is too old; null if there is no
     * outage. Exempt paths are refused too.
     */
    private Verdict.@Nullable Refused outage(Snapshot now) {
        if (now instanceof Snapshot.Complete complete) {
            return isStale(complete) ? staleList : null;
        }
        return noList;
    }

    private boolean isStale(Snapshot.Complete now) {
        return stores.isTooOld(now.readAt());
    }

    /** Never throws: a timer that calls {@link #refresh} would not call it again after an exception. */
    private void complain(Throwable failure) {
        try {
            log.add(
                    Level.ERROR,
                    "TK-307 the stores could not be taken over; the list stays as it is",
                    LoggableFailure.of(failure));
        } catch (Throwable ignored) {
            // Without memory for the line, there is no other place to complain.
        }
    }

    /** Returns the verdict on a request that needs no certificate, or null if it needs a certificate. */
    private @Nullable Verdict exemption(Exchange exchange) {
        if (policy.exclude().exempts(exchange)) {
            return Verdict.Exempt.EXCLUDED_PATH;
        }
        return policy.corsPreflight() && CorsPreflight.is(exchange) ? Verdict.Exempt.CORS_PREFLIGHT : null;
    }

    /** Returns a refusal for an unexpected failure: the one made at the start if, without memory, no new one can be made. */
    private Verdict.Refused internal() {
        try {
            return refusals.of(Reason.INTERNAL);
        } catch (Throwable e) {
            return lastResort;
        }
    }
}
