/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.source.CorsPreflight;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.source.Presented;
import io.github.thumbkeeper.source.TlsSource;
import io.github.thumbkeeper.store.AllowList;
import io.github.thumbkeeper.store.Listing;
import io.github.thumbkeeper.store.Standing;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request passes.
 *
 * <p>Safe to share between threads. It owns no thread: its owner calls {@link #refresh} as often as the settings say.
 */
public final class Gate {

    private final System.Logger logger = System.getLogger(Gate.class.getName());
    private final GatePolicy policy;
    private final TlsSource source = new TlsSource();
    private final Stores stores;
    private final List<GateListener> listeners;
    private final InstantSource clock;
    private final Verdict.Refused lastResort;
    private volatile AllowList allowList;

    /**
     * Opens the gate: reads all stores.
     *
     * @throws StoreException if a store cannot be read completely or lists nothing
     */
    public Gate(GatePolicy policy, Stores stores, List<GateListener> listeners, InstantSource clock)
            throws StoreException {
        this.policy = policy;
        this.stores = stores;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.lastResort = refused(Reason.INTERNAL);
        this.allowList = stores.open();
    }

    /** Returns what this gate has been told to do. */
    public GatePolicy policy() {
        return policy;
    }

    /** Returns what is listed, in one line for the log. */
    public String summary() {
        return stores.summary();
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
            verdict = exemption(exchange);
            if (verdict == null) {
                Presented presented = source.find(exchange);
                certificate = presented.certificate();
                verdict = certificate == null ? withoutCertificate(presented) : judge(certificate);
            }
        } catch (Throwable e) {
            failure = e;
            verdict = internal();
        }
        tell(exchange, verdict, certificate, failure);
        return verdict;
    }

    /**
     * Looks at the stores again and puts a new list into force if anything has changed. Never throws: after a
     * failure the list stays as it is, and the next call tries again.
     *
     * @return whether there is a new list
     */
    public synchronized boolean refresh() {
        try {
            AllowList next = stores.refresh();
            if (next == null) {
                return false;
            }
            allowList = next;
            return true;
        } catch (Throwable e) {
            complain(e);
            return false;
        }
    }

    /** Whoever calls {@link #refresh} by a timer would not be called again after an exception. */
    private void complain(Throwable failure) {
        try {
            logger.log(Level.ERROR, "TK-307 the stores could not be looked at; the list stays as it is", failure);
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

    private Verdict withoutCertificate(Presented presented) {
        return policy.anonymous() && presented.reason() == Reason.NO_CERTIFICATE
                ? Verdict.Exempt.ANONYMOUS
                : refused(presented.reason() == null ? Reason.INTERNAL : presented.reason());
    }

    private Verdict judge(X509Certificate certificate) {
        AllowList list = allowList;
        Listing listing;
        try {
            listing = list.find(certificate);
        } catch (CertificateEncodingException e) {
            return refused(Reason.MALFORMED);
        }
        long now = clock.millis();
        Standing standing = listing.at(now);
        if (standing.admitted() == null) {
            return refused(standing.reason() == null ? Reason.INTERNAL : standing.reason());
        }
        Reason reason = policy.dates().check(listing.notBefore(), listing.notAfter(), now);
        return reason == null ? standing.admitted() : refused(reason);
    }

    private Verdict.Refused refused(Reason reason) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        UUID id = new UUID(version4, variant);
        return new Verdict.Refused(reason, policy.errors().apply(reason).with(id), policy.mode() == Mode.ENFORCE);
    }

    /** Where nothing can be made any more, memory perhaps, the refusal that was made at the start must do. */
    private Verdict.Refused internal() {
        try {
            return refused(Reason.INTERNAL);
        } catch (Throwable e) {
            return lastResort;
        }
    }

    /** A listener that fails does not change what was decided. */
    private void tell(
            Exchange exchange, Verdict verdict, @Nullable X509Certificate certificate, @Nullable Throwable failure) {
        try {
            Refusal refusal = verdict instanceof Verdict.Refused refused
                    ? refusal(exchange, refused, certificate, failure)
                    : null;
            for (GateListener listener : listeners) {
                tell(listener, verdict, refusal);
            }
        } catch (Throwable ignored) {
            // Nobody can be told, but the verdict stands.
        }
    }

    private static void tell(GateListener listener, Verdict verdict, @Nullable Refusal refusal) {
        try {
            if (refusal != null) {
                listener.refused(refusal);
            } else if (verdict instanceof Verdict.Admitted admitted) {
                listener.admitted(admitted);
            } else if (verdict instanceof Verdict.Exempt exempt) {
                listener.exempt(exempt);
            }
        } catch (Throwable ignored) {
            // The next listener is told all the same.
        }
    }

    private static Refusal refusal(
            Exchange exchange,
            Verdict.Refused verdict,
            @Nullable X509Certificate certificate,
            @Nullable Throwable failure) {
        return new Refusal(
                verdict, told(exchange::method), told(exchange::rawPath), told(exchange::peer), certificate, failure);
    }

    /** A request that cannot say what it is must not escape the log. */
    private static String told(Supplier<String> part) {
        try {
            return part.get();
        } catch (Throwable e) {
            return "?";
        }
    }
}
