/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.RoleAssignment;
import io.github.thumbkeeper.allowlist.RoleMapping;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.PendingLog;
import io.github.thumbkeeper.store.Reloader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Mapping of labels to roles of a gate: a fixed one from its settings, or that of a file, which is read again when it changes.
 *
 * <p>A change of the mapping makes a new allow list of the same tables, so that it takes effect for certificates that the list
 * has seen before, too.
 *
 * <p>Not thread-safe, except where a method says so: called under the lock of the gate.
 *
 * @see Reloader
 */
public final class ReloadingRoles {

    private final @Nullable Reloader<List<RoleAssignment>> file;
    private final PendingLog log;
    private @Nullable List<RoleAssignment> read;
    private RoleMapping mapping;
    private @Nullable Mapped last;
    private Set<String> unused = Set.of();

    private @Nullable AllowList compared;

    /** The list that was made last, and what it was made of. */
    private record Mapped(AllowList from, RoleMapping mapping, AllowList list) {}

    private ReloadingRoles(RoleMapping mapping, @Nullable Reloader<List<RoleAssignment>> file, PendingLog log) {
        this.mapping = mapping;
        this.file = file;
        this.log = log;
    }

    /** Returns a mapping that never changes. */
    public static ReloadingRoles of(RoleMapping mapping) {
        return new ReloadingRoles(mapping, null, new PendingLog(LogTopic.STORE));
    }

    /**
     * Returns a mapping that is read again when a file changes.
     *
     * @param clock gives the times for the log
     * @param ticker a monotonic clock, such as {@link System#nanoTime}
     */
    public static ReloadingRoles of(Loader<List<RoleAssignment>> file, InstantSource clock, LongSupplier ticker) {
        PendingLog log = new PendingLog(LogTopic.STORE);
        return new ReloadingRoles(
                RoleMapping.NONE, Reloader.ofItems(file, "role assignments", items -> null, log, clock, ticker), log);
    }

    /**
     * Reads the mapping for the first time.
     *
     * @throws StoreException if it cannot be read or parsed
     */
    void open() throws StoreException {
        if (file != null) {
            try {
                file.open(false);
                renew();
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

    /** Puts the mapping of the file into force, if it has changed. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    void renew() {
        List<RoleAssignment> now = file == null ? null : file.value().orElse(null);
        if (now != null && now != read) {
            // The mark is set last: without memory for the mapping, the next turn tries again.
            mapping = new RoleMapping(now);
            read = now;
        }
    }

    /** Returns a list with the roles of the mapping: the same object until the list or the mapping changes. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    AllowList applyTo(AllowList list) {
        if (mapping == RoleMapping.NONE) {
            return list;
        }
        Mapped known = last;
        if (known == null || known.from != list || known.mapping != mapping) {
            known = new Mapped(list, mapping, list.with(mapping));
            last = known;
        }
        return known.list;
    }

    /**
     * Logs each label that no entry of a list has: once, until an entry with the label appears and disappears again. Looks at all
     * labels if the list has changed.
     */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    void warnOfUnused(AllowList list) {
        if (list == compared) {
            return;
        }
        compared = list;
        Set<String> now = new HashSet<>();
        BoundedMessages names = new BoundedMessages();
        for (RoleAssignment each : list.unusedRoles()) {
            now.add(each.label());
            if (!unused.contains(each.label())) {
                names.add(each.name());
            }
        }
        unused = now;
        if (!names.isEmpty()) {
            log.add(
                    Level.WARNING,
                    "TK-403 roleMapping: no entry has the label of " + String.join(", ", names.toList())
                            + (file == null ? "" : " of [" + file.location() + "]")
                            + ", so its roles are not used; expected labels of listed entries, such as an alias or a file"
                            + " name without its extension");
        }
    }

    /** Returns the earlier of a time on the ticker and the time of the last complete reading; a fixed mapping has no age. */
    long olderOf(long readAt) {
        return file == null || readAt - file.readAt() < 0 ? readAt : file.readAt();
    }

    /** Returns the state of the file, if there is one. Thread-safe. */
    List<StoreState> states() {
        return file == null ? List.of() : List.of(file.state());
    }

    /** Returns a summary for the log; empty without a file. Thread-safe. */
    String summary() {
        return file == null ? "" : "roles: " + file.summary();
    }
}
