/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.RowEntries;
import java.lang.ref.WeakReference;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a database: those of every row, all of them or none.
 *
 * <p>What tells of changes is read before the rows and in the same transaction, so that a change in between is seen at the
 * next look. Used by one thread at a time.
 */
public final class SqlStore {

    /** Even a query for changes that misses one keeps a certificate in force no longer than this many looks. */
    private static final int MOST_LOOKS = 100;

    private final String location;
    private final SqlOptions options;
    private final boolean denying;
    private final InstantSource clock;
    private @Nullable Known known;
    private int looks;

    /** What was read last, and from where. */
    private record Known(
            WeakReference<DataSource> source, @Nullable List<String> marker, Loaded<EntryTable> contents) {}

    public SqlStore(String location, SqlOptions options, boolean denying, InstantSource clock) {
        this.location = location;
        this.options = options;
        this.denying = denying;
        this.clock = clock;
    }

    /**
     * Reads all that the database lists.
     *
     * @param bound the database, a {@link DataSource}
     * @param previous what it listed before, or null
     * @return what it lists now; {@code previous} if nothing has changed
     * @throws StoreException if it cannot be read completely or any row is bad; nothing that the driver says is part of it
     */
    public Loaded<EntryTable> load(Object bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
        DataSource source = (DataSource) bound;
        Loaded<EntryTable> now = loadOnce(source, previous);
        boolean emptied =
                previous != null && now.value().isEmpty() && !previous.value().isEmpty();
        return emptied ? loadOnce(source, previous) : now;
    }

    /**
     * A table that another transaction empties by TRUNCATE and fills again looks empty to one that began before (PostgreSQL,
     * Concurrency Control, Caveats). So that a table is empty is believed when a second transaction sees it too.
     */
    private Loaded<EntryTable> loadOnce(DataSource source, @Nullable Loaded<EntryTable> previous)
            throws StoreException {
        try (SqlConnection connection = SqlConnection.open(source, options.timeout())) {
            return load(connection, source, previous);
        } catch (SQLException | RuntimeException | Error e) {
            throw SqlFailure.of(location, "connecting", options, e);
        }
    }

    private Loaded<EntryTable> load(SqlConnection connection, DataSource source, @Nullable Loaded<EntryTable> previous)
            throws StoreException {
        List<String> marker = marker(connection);
        if (previous != null && isUnchanged(source, marker, previous)) {
            return previous;
        }
        Loaded<EntryTable> now = rows(connection).unlessSameAs(previous);
        known = new Known(new WeakReference<>(source), marker, now);
        looks = 0;
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // contents are known by the object
    private boolean isUnchanged(DataSource source, @Nullable List<String> marker, Loaded<EntryTable> previous) {
        Known last = known;
        return last != null
                && last.contents == previous
                && last.source.refersTo(source)
                && marker != null
                && marker.equals(last.marker)
                && ++looks < MOST_LOOKS;
    }

    private @Nullable List<String> marker(SqlConnection connection) throws StoreException {
        String query = options.changes();
        if (query == null) {
            return null;
        }
        try {
            return connection.query(query, this::marker);
        } catch (SQLException | RuntimeException | Error e) {
            throw SqlFailure.of(location, "asked for changes (sqlChangeQuery)", options, e);
        }
    }

    private List<String> marker(SqlRows rows) throws SQLException, StoreException {
        List<String> marker = rows.next() ? values(rows.row()) : List.of();
        if (marker.isEmpty() || rows.next()) {
            throw new StoreException(
                    location,
                    "gives " + (marker.isEmpty() ? "no row" : "more than one row")
                            + " when asked for changes (sqlChangeQuery); accepted is exactly one row",
                    null);
        }
        return marker;
    }

    private static List<String> values(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.add(SqlType.of(columns.getColumnType(i)).comparable(row, i));
        }
        return values;
    }

    private Loaded<EntryTable> rows(SqlConnection connection) throws StoreException {
        try {
            return connection.query(options.rows(), this::contents);
        } catch (SQLException | RuntimeException | Error e) {
            throw SqlFailure.of(location, "asked for its rows", options, e);
        }
    }

    private Loaded<EntryTable> contents(SqlRows rows) throws SQLException, StoreException {
        RowEntries entries = new RowEntries(location, clock.instant(), denying);
        SqlEntry entry = new SqlEntry(rows, SqlColumns.of(location, rows.row()));
        while (rows.next()) {
            entry.addTo(entries);
        }
        return entries.toContents(options);
    }
}
