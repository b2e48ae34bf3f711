/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.certificate.SoundCertificates;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.source.CorsPreflight;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.store.Reloader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import io.github.thumbkeeper.trust.revocation.RevocationStatus;
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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request passes.
 *
 * <p>Safe to share between threads. It owns no thread: its owner calls {@link #refresh} as often as the settings say, or, so
 * that what hangs holds up nothing else, gives each of its {@link #readings} a thread.
 */
public final class Gate {

    private final System.Logger logger = System.getLogger(Gate.class.getName());
    private final GatePolicy policy;
    private final CertificateSource source;
    private final Stores stores;
    private final ReloadingRules rules;
    private final ReloadingTrust trust;
    private final Listeners listeners;
    private final InstantSource clock;
    private final SoundCertificates sound = new SoundCertificates();
    private final Verdict.Refused lastResort;
    private final Verdict.Refused noList;
    private final Verdict.Refused staleList;
    private final List<Reading> readings;

    /** Lock for the short step that puts into force what was read; not held while anything is read. */
    private final Object takeOver = new Object();

    private volatile Snapshot snapshot;
    private boolean stopped;

    /** All that can change of what decisions are made by, and when the oldest part of it was read. */
    private record Snapshot(
            @Nullable AllowList list, Rules rules, @Nullable TrustSnapshot trust, long readAt) {}

    /**
     * Opens the gate: reads all stores and the rules.
     *
     * @param source where certificates come from
     * @param rules the rules, which add to the list and may narrow it
     * @param trust what certificates are verified with
     * @param clock what dates are compared with
     * @throws StoreException if a store cannot be read completely or lists nothing, unless the stores may start without, or
     *     if the rules or the trust store cannot be read
     */
    public Gate(
            GatePolicy policy,
            CertificateSource source,
            Stores stores,
            ReloadingRules rules,
            ReloadingTrust trust,
            List<GateListener> listeners,
            InstantSource clock)
            throws StoreException {
        this.policy = policy;
        this.source = source;
        this.stores = stores;
        this.rules = rules;
        this.trust = trust;
        this.listeners = new Listeners(listeners);
        this.clock = clock;
        this.lastResort = refused(Reason.INTERNAL);
        this.noList = refused(Reason.NO_LIST);
        this.staleList = refused(Reason.STALE_LIST);
        this.snapshot = snapshot(openAll());
        this.readings = Stream.<List<? extends Reloader<?>>>of(stores.reloaders(), rules.reloaders(), trust.reloaders())
                .flatMap(List::stream)
                .map(each -> new Reading(this, each))
                .toList();
        writeLog();
        this.listeners.refreshed(outage(snapshot));
    }

    /** Whoever has to mend several things wants to know all of them. */
    private @Nullable AllowList openAll() throws StoreException {
        List<StoreException> problems = new ArrayList<>();
        tryTo(rules::open, problems);
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

    /** Returns what this gate has been told to do. */
    public GatePolicy policy() {
        return policy;
    }

    /** Returns how this gate and its stores are. */
    public GateState state() {
        Verdict.Refused outage = outage(snapshot);
        List<StoreState> states = new ArrayList<>(stores.states());
        StoreState file = rules.state();
        if (file != null) {
            states.add(file);
        }
        states.addAll(trust.states());
        return new GateState(outage == null ? null : outage.reason(), states);
    }

    /** Returns what is listed, in one line for the log. */
    public String summary() {
        String trusted = trust.summary();
        return summary(stores, rules) + (trusted.isEmpty() ? "" : "; " + trusted);
    }

    /** Returns what these list, in one line for the log: with both, the rules add to the list. */
    public static String summary(Stores stores, ReloadingRules rules) {
        return Stream.of(stores.summary(), rules.summary())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", and whatever is matched by "));
    }

    /**
     * Decides about one request. Never throws: whatever goes wrong is a refusal, so that no error path lets a request pass
     * (as in CVE-2024-52316).
     */
    public Verdict decide(Exchange exchange) {
        X509Certificate certificate = null;
        Throwable failure = null;
        Verdict verdict;
        try {
            Snapshot now = snapshot;
            verdict = outage(now);
            verdict = verdict == null ? exemption(exchange) : verdict;
            if (verdict instanceof Verdict.Exempt) {
                source.disown(exchange);
            } else if (verdict == null) {
                PresentedCertificate presented = source.find(exchange);
                if (presented instanceof PresentedCertificate.Found found) {
                    certificate = found.certificate();
                    verdict = judge(certificate, found, now);
                } else {
                    verdict = withoutCertificate(presented, now);
                }
                verdict = presented.headerIgnored() ? ofUntrustedPeer(exchange, verdict) : verdict;
            }
        } catch (Throwable e) {
            failure = e;
            verdict = internal();
        }
        listeners.decided(exchange, verdict, certificate, failure);
        return verdict;
    }

    /**
     * Returns the header fields of a request that the application must not see, whatever has been decided. Never throws: in
     * doubt it hides all that can be hidden.
     */
    public HeaderNames hidden(Exchange exchange) {
        return source.hidden(exchange);
    }

    /** Returns all that this gate reads repeatedly; each can be read on a thread of its own. */
    public List<Reading> readings() {
        return readings;
    }

    /**
     * Looks at the stores again, one after another on this thread, and puts a new list into force if anything has changed. Waits
     * for what other threads are reading. Never throws: after a failure the list stays as it is, and the next call tries again.
     *
     * @return whether there is a new list, or other rules, or another trust store
     */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
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
            writeLog();
        }
        Snapshot now = snapshot;
        return now.list() != before.list() || now.rules() != before.rules() || now.trust() != before.trust();
    }

    /**
     * Logs each reading that takes longer than this, and an outage. Call it regularly, on a thread that reads nothing itself. Never
     * throws.
     */
    public void watch(Duration limit) {
        change(() -> readings.forEach(reading -> reading.noteOverrun(limit)));
        writeLog();
    }

    /** Ends refreshing: the result of a reading that is still running is dropped, and not logged. */
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
    void take(@Nullable Runnable reading, Runnable end) {
        synchronized (takeOver) {
            try {
                if (reading != null) {
                    change(reading);
                }
            } finally {
                end.run();
            }
        }
        writeLog();
    }

    private void writeLog() {
        stores.log().write();
        rules.log().write();
        trust.log().write();
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
            // Every time: a list may grow too old while a reading hangs.
            listeners.refreshed(outage(snapshot));
        }
    }

    private void renew() {
        AllowList list = stores.list();
        // At once, because what follows may fail.
        snapshot = snapshot(list);
        rules.renew();
        trust.renew();
        snapshot = snapshot(list);
    }

    private Snapshot snapshot(@Nullable AllowList list) {
        TrustSnapshot trusted = trust.trust();
        if (trusted != null) {
            rules.warnOfUnknownIssuers(trusted.labels());
        }
        return new Snapshot(list, rules.rules(), trusted, trust.olderOf(rules.olderOf(stores.readAt())));
    }

    /** Without a list, or with one that is too old, nothing passes: not even what needs no certificate, in no mode. */
    private Verdict.@Nullable Refused outage(Snapshot now) {
        if (now.list() == null || now.trust() == null) {
            return noList;
        }
        return stores.isTooOld(now.readAt()) ? staleList : null;
    }

    /** Whoever calls {@link #refresh} by a timer would not be called again after an exception. */
    private void complain(Throwable failure) {
        try {
            logger.log(
                    Level.ERROR,
                    "TK-307 the stores could not be looked at; the list stays as it is",
                    LoggableFailure.of(failure));
        } catch (Throwable ignored) {
            // There is no other place to complain.
        }
    }

    private Verdict.@Nullable Exempt exemption(Exchange exchange) {
        if (policy.exclude().exempts(exchange)) {
            return Verdict.Exempt.EXCLUDED_PATH;
        }
        return policy.corsPreflight() && CorsPreflight.is(exchange) ? Verdict.Exempt.CORS_PREFLIGHT : null;
    }

    private Verdict withoutCertificate(PresentedCertificate presented, Snapshot now) {
        if (presented instanceof PresentedCertificate.HashOnly hash) {
            return judgeClaim(hash.sha256(), now);
        }
        Reason reason = ((PresentedCertificate.Refused) presented).reason();
        return policy.anonymous() && reason == Reason.NO_CERTIFICATE ? Verdict.Exempt.ANONYMOUS : refused(reason);
    }

    /** A header that only a proxy may send is what the administrator has to know of, whatever the refusal is about. */
    private Verdict ofUntrustedPeer(Exchange exchange, Verdict verdict) {
        listeners.headerIgnored(exchange);
        return verdict instanceof Verdict.Refused ? refused(Reason.HEADER_FROM_UNTRUSTED_PEER) : verdict;
    }

    /** The settings see to it that there is nothing to check but the list. */
    private Verdict judgeClaim(Thumbprint claimed, Snapshot now) {
        ListDecision standing = Objects.requireNonNull(now.list()).find(claimed).at(clock.millis());
        return standing.admitted() == null
                ? refused(standing.reason() == null ? Reason.INTERNAL : standing.reason())
                : standing.admitted();
    }

    private Verdict judge(X509Certificate certificate, PresentedCertificate.Found presented, Snapshot now) {
        Matches listing;
        try {
            listing = Objects.requireNonNull(now.list()).find(certificate);
        } catch (CertificateEncodingException e) {
            return refused(Reason.MALFORMED);
        }
        long time = clock.millis();
        TrustSnapshot trusted = Objects.requireNonNull(now.trust());
        if (asksForContent(now.rules(), trusted) && !sound.contain(certificate)) {
            return refused(Reason.MALFORMED);
        }
        LazyCertificatePath path = new LazyCertificatePath(trusted.path(), certificate, presented, time);
        ListDecision standing = IdentityResolver.find(listing, now.rules(), certificate, path, time);
        if (standing.admitted() == null) {
            return refused(standing.reason() == null ? Reason.INTERNAL : standing.reason());
        }
        Reason reason = check(certificate, listing, path, trusted.revocation(), time);
        return reason == null ? standing.admitted() : refused(reason);
    }

    /**
     * Returns whether anything counts that stands in the last part of a certificate, which a parser may pass over. A list knows
     * certificates by all their bytes, or by the elements at their beginning.
     */
    private boolean asksForContent(Rules rules, TrustSnapshot trusted) {
        return rules.size() > 0
                || trusted.path() != null
                || !policy.constraints().equals(Constraints.NONE);
    }

    /** The first reason wins; what costs most comes last. */
    private @Nullable Reason check(
            X509Certificate certificate,
            Matches listing,
            LazyCertificatePath path,
            @Nullable RevocationCheck revocation,
            long time) {
        Reason reason = policy.dates().check(listing.notBefore(), listing.notAfter(), time);
        reason = reason == null ? policy.constraints().check(certificate) : reason;
        reason = reason == null ? path.reason() : reason;
        return reason == null && revocation != null ? revoked(revocation, path.path(), time) : reason;
    }

    private @Nullable Reason revoked(RevocationCheck revocation, @Nullable VerifiedPath path, long time) {
        if (path == null) {
            return Reason.INTERNAL;
        }
        RevocationStatus status = revocation.check(path, Instant.ofEpochMilli(time));
        if (status == RevocationStatus.NOT_KNOWN && policy.revocationSoftFail()) {
            listeners.softFailed();
            return null;
        }
        return status.reason();
    }

    private Verdict.Refused refused(Reason reason) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        UUID id = new UUID(version4, variant);
        boolean enforced = reason.isOutage() || policy.mode() == Mode.ENFORCE;
        return new Verdict.Refused(reason, policy.errors().apply(reason).with(id), enforced);
    }

    /** Where nothing can be made any more, memory perhaps, the refusal that was made at the start must do. */
    private Verdict.Refused internal() {
        try {
            return refused(Reason.INTERNAL);
        } catch (Throwable e) {
            return lastResort;
        }
    }
}
