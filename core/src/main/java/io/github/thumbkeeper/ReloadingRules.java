/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.PendingLog;
import io.github.thumbkeeper.store.Reloader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a gate: those that stand in its settings, or those of a file, which are read again when it changes.
 *
 * <p>Used by one thread at a time, under the lock of the gate, but for what says otherwise.
 */
public final class ReloadingRules {

    private final @Nullable Reloader<List<Rule>> file;
    private final PendingLog log;
    private @Nullable List<Rule> read;
    private Set<String> unknownIssuers = Set.of();
    private volatile Rules rules;

    private ReloadingRules(Rules rules, @Nullable Reloader<List<Rule>> file, PendingLog log) {
        this.rules = rules;
        this.file = file;
        this.log = log;
    }

    /** Returns a book of rules that never change. */
    public static ReloadingRules of(Rules rules) {
        return new ReloadingRules(rules, null, new PendingLog(ReloadingRules.class));
    }

    /**
     * Returns a book that follows a file.
     *
     * @param clock tells the times for the log
     * @param ticker nanoseconds that never run backwards
     */
    public static ReloadingRules of(Loader<List<Rule>> file, InstantSource clock, LongSupplier ticker) {
        PendingLog log = new PendingLog(ReloadingRules.class);
        return new ReloadingRules(Rules.NONE, Reloader.ofItems(file, "rules", rules -> null, log, clock, ticker), log);
    }

    /**
     * Reads the rules for the first time.
     *
     * @throws StoreException if they cannot be read or understood
     */
    void open() throws StoreException {
        if (file != null) {
            try {
                file.open(false);
                take(file);
            } finally {
                log.write();
            }
        }
    }

    /** Returns the file that is to be read again and again, if there is one. Safe to call from any thread. */
    List<Reloader<?>> reloaders() {
        return file == null ? List.of() : List.of(file);
    }

    /** Returns the log lines of what was taken over, to be written without a lock. Thread-safe. */
    PendingLog log() {
        return log;
    }

    /** Makes rules of what was taken over from the file, if that is something else than before. */
    void renew() {
        if (file != null) {
            take(file);
        }
    }

    /**
     * Tells the log which entries of the trust store the rules name in vain, once.
     *
     * @param labels the labels of what the trust store holds
     */
    void warnOfUnknownIssuers(Set<String> labels) {
        Set<String> unknown = rules.issuerIds();
        unknown.removeAll(labels);
        if (!unknown.equals(unknownIssuers)) {
            unknownIssuers = unknown;
            unknown.forEach(id -> log.add(
                    Level.WARNING,
                    "TK-403 identities: issuer-certificate-id " + SafeText.quoted(id)
                            + " is no label of an entry of trustStore; such a rule holds for nobody"));
        }
    }

    /** Returns the rules in force, the same object until they change. Safe to call from any thread. */
    Rules rules() {
        return rules;
    }

    /** Returns the older of a moment on the ticker and the one at which the rules were read; what never changes has no age. */
    long olderOf(long readAt) {
        return file == null || readAt - file.readAt() < 0 ? readAt : file.readAt();
    }

    /** Returns how the file is, or null if there is none. Safe to call from any thread. */
    @Nullable
    StoreState state() {
        return file == null ? null : file.state();
    }

    /** Returns what there is, for the log; empty if there is nothing. Safe to call from any thread. */
    public String summary() {
        if (file != null) {
            return file.summary();
        }
        return rules.size() == 0 ? "" : "[identities] " + rules.size() + " rules";
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void take(Reloader<List<Rule>> from) {
        List<Rule> now = from.value().orElse(null);
        if (now != null && now != read) {
            // The mark comes last: without memory for the rules, the next turn tries again.
            rules = new Rules(now);
            read = now;
        }
    }
}
