/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.LogTopic;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Identity rules of a gate: fixed ones from its settings, or those of a file, which are read again when it changes.
 *
 * <p>Not thread-safe, except where a method says so: called under the lock of the gate.
 *
 * @see Reloader
 */
public final class ReloadingRules {

    private final @Nullable Reloader<List<Rule>> file;
    private final PendingLog log;
    private @Nullable List<Rule> read;
    private Set<String> unknownIssuers = Set.of();
    private @Nullable Compared compared;
    private volatile Set<String> hidden = Set.of();
    private final Set<String> hiddenFromSome = ConcurrentHashMap.newKeySet();
    private volatile Rules rules;

    /** The rules and the list that were compared last. */
    private record Compared(Rules rules, AllowList list) {}

    private ReloadingRules(Rules rules, @Nullable Reloader<List<Rule>> file, PendingLog log) {
        this.rules = rules;
        this.file = file;
        this.log = log;
    }

    /** Returns rules that never change. */
    public static ReloadingRules of(Rules rules) {
        return new ReloadingRules(rules, null, new PendingLog(LogTopic.STORE));
    }

    /**
     * Returns rules that are read again when a file changes.
     *
     * @param clock gives the times for the log
     * @param ticker a monotonic clock, such as {@link System#nanoTime}
     */
    public static ReloadingRules of(Loader<List<Rule>> file, InstantSource clock, LongSupplier ticker) {
        PendingLog log = new PendingLog(LogTopic.STORE);
        return new ReloadingRules(Rules.NONE, Reloader.ofItems(file, "rules", rules -> null, log, clock, ticker), log);
    }

    /**
     * Reads the rules for the first time.
     *
     * @throws StoreException if they cannot be read or parsed
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

    /** Returns the reloader of the file, if there is one. Thread-safe. */
    List<Reloader<?>> reloaders() {
        return file == null ? List.of() : List.of(file);
    }

    /** Returns the log lines of what was taken over, to be written without a lock. Thread-safe. */
    PendingLog log() {
        return log;
    }

    /** Puts the rules of the file into force, if they have changed. */
    void renew() {
        if (file != null) {
            take(file);
        }
    }

    /**
     * Logs, once, the labels in rules that no trust anchor has.
     *
     * @param labels the labels of the trust anchors
     */
    void warnOfUnknownIssuers(Set<String> labels) {
        Set<String> unknown = rules.issuerIds();
        unknown.removeAll(labels);
        if (!unknown.equals(unknownIssuers)) {
            unknownIssuers = unknown;
            unknown.forEach(id -> log.add(
                    Level.WARNING,
                    "TK-403 identities: issuer-certificate-id " + SafeText.quoted(id)
                            + " matches no trustStore label; the rule can never match"));
        }
    }

    /**
     * Logs each rule whose roles never count, because the certificate that it names is listed: once, until that changes. With
     * labels in rules, it depends on the certificate whether an entry of a store comes first; see {@link #isNewlyHidden}.
     */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    void warnOfHiddenRoles(AllowList list) {
        if (compared != null && compared.rules == rules && compared.list == list) {
            return;
        }
        compared = new Compared(rules, list);
        Set<String> now = new LinkedHashSet<>();
        for (Rule rule : rules.withRoles()) {
            boolean withStores = !rules.hasLabels();
            if (list.hidesRoles(rule.digests(), rule.roles(), withStores)) {
                now.add(rule.text());
            }
        }
        BoundedMessages names = new BoundedMessages();
        now.stream()
                .filter(text -> !hidden.contains(text))
                .map(SafeText::quoted)
                .forEach(names::add);
        hidden = now;
        if (!names.isEmpty()) {
            log.add(
                    Level.WARNING,
                    "TK-403 identities: the roles of rule " + String.join(", ", names.toList())
                            + " never count: the list has the certificate and comes first, with its own roles; expected"
                            + " roleMapping instead, or a certificate that is not listed");
        }
    }

    /**
     * Returns whether it is new that a listed certificate does not get the roles of a rule that matches it; true at most once for
     * each rule. Thread-safe.
     */
    boolean isNewlyHidden(Rule rule) {
        return !hidden.contains(rule.text()) && hiddenFromSome.add(rule.text());
    }

    /** Returns the rules in force, the same object until they change. Thread-safe. */
    Rules rules() {
        return rules;
    }

    /** Returns the earlier of a time on the ticker and the time of the last complete reading; fixed rules have no age. */
    long olderOf(long readAt) {
        return file == null || readAt - file.readAt() < 0 ? readAt : file.readAt();
    }

    /** Returns the state of the file, or null if there is none. Thread-safe. */
    @Nullable
    StoreState state() {
        return file == null ? null : file.state();
    }

    /** Returns a summary for the log; empty if there are no rules. Thread-safe. */
    public String summary() {
        if (file != null) {
            return file.summary();
        }
        return rules.size() == 0 ? "" : "[identities] " + Counted.of(rules.size(), "rules");
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void take(Reloader<List<Rule>> from) {
        List<Rule> now = from.value().orElse(null);
        if (now != null && now != read) {
            // The mark is set last: without memory for the rules, the next turn tries again.
            rules = new Rules(now);
            read = now;
        }
    }
}
