/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.list;

import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.write.EntryChange;
import io.github.thumbkeeper.store.write.EntryDifference;
import io.github.thumbkeeper.store.write.EntrySnapshot;
import io.github.thumbkeeper.store.write.EntryVersion;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.HistoryPage;
import io.github.thumbkeeper.store.write.WriteResult;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list that the console shows and changes, or none: then the console shows the gates only.
 *
 * <p>The rows of the last version are kept, because 10 000 certificates take a while to describe. Thread-safe.
 */
public final class ManagedList {

    private final @Nullable EntryWriter writer;
    private final InstantSource clock;
    private volatile @Nullable Rows last;

    /**
     * The rows of the list at one moment.
     *
     * @param version the version, to be given with a change
     * @param all the rows
     * @param at when their states were computed
     */
    public record Rows(EntryVersion version, List<EntryRow> all, Instant at) {
        public Rows {
            all = List.copyOf(all);
        }

        /** Returns the row with an id, or null. */
        public @Nullable EntryRow find(String id) {
            return all.stream().filter(row -> row.id().equals(id)).findFirst().orElse(null);
        }
    }

    /**
     * Creates the list.
     *
     * @param writer the writer, or null if no list is set
     */
    public ManagedList(@Nullable EntryWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Returns whether a list is set. */
    public boolean isSet() {
        return writer != null;
    }

    /** Reads the list. */
    public Rows rows() throws HttpProblem {
        EntrySnapshot snapshot = snapshot();
        Instant now = clock.instant();
        Rows before = last;
        if (before != null
                && before.version().equals(snapshot.version())
                && before.at().plusSeconds(60).isAfter(now)) {
            return before;
        }
        Rows rows = new Rows(
                snapshot.version(),
                snapshot.entries().stream()
                        .map(entry -> EntryRow.of(entry, now))
                        .toList(),
                now);
        last = rows;
        return rows;
    }

    /** Reads the list as the writer has it. */
    public EntrySnapshot snapshot() throws HttpProblem {
        try {
            return required().read();
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    /**
     * Makes changes.
     *
     * @throws HttpProblem 412 if the list has changed since the version, 409 if a change is impossible
     */
    public WriteResult.Applied apply(EntryVersion version, String actor, List<EntryChange> changes) throws HttpProblem {
        WriteResult result;
        try {
            result = required().apply(version, actor, changes);
        } catch (StoreException e) {
            throw unavailable(e);
        }
        if (result instanceof WriteResult.Conflict conflict) {
            throw new HttpProblem(412, "conflict", sentences(conflict.difference()));
        }
        if (result instanceof WriteResult.Rejected rejected) {
            throw new HttpProblem(409, "rejected", rejected.problems());
        }
        return (WriteResult.Applied) result;
    }

    /** Reads a page of the history. */
    public HistoryPage history(long before, int size) throws HttpProblem {
        try {
            return required().history(before, size);
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    private static List<String> sentences(EntryDifference difference) {
        List<String> sentences = new ArrayList<>();
        difference.added().forEach(name -> sentences.add("+ " + name));
        difference.removed().forEach(name -> sentences.add("− " + name));
        difference.changed().forEach(name -> sentences.add("± " + name));
        return sentences;
    }

    private EntryWriter required() throws HttpProblem {
        if (writer == null) {
            throw new HttpProblem(404, "noList", List.of());
        }
        return writer;
    }

    /** The message names files of the server, for the log only. */
    private static HttpProblem unavailable(StoreException e) {
        LogTopic.STORE.logger().log(Level.ERROR, "TK-432 the console cannot read or write its list: " + e.getMessage());
        return new HttpProblem(503, "unavailable", List.of());
    }
}
