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
 * Loads the entries of a database table or query: those of every row, or none.
 *
 * <p>The change marker (the row of {@code sqlChangeQuery}) is read before the rows and in the same transaction, so that a
 * change between the two is seen at the next check. Not thread-safe.
 */
public final class SqlStore {

    /** Reads all rows at least this often, in case the query for changes misses one. */
    private static final int MAX_CHECKS_WITHOUT_READ = 100;

    private final String location;
    private final SqlOptions options;
    private final boolean denying;
    private final InstantSource clock;
    private @Nullable Known known;
    private int checks;

    /** Result of the last read, and the database and marker that it belongs to. */
    private record Known(
            WeakReference<DataSource> source, @Nullable List<String> marker, Loaded<EntryTable> contents) {}

    /**
     * Creates a store; nothing is read yet.
     *
     * @param location the store as the settings name it
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public SqlStore(String location, SqlOptions options, boolean denying, InstantSource clock) {
        this.location = location;
        this.options = options;
        this.denying = denying;
        this.clock = clock;
    }

    /**
     * Reads all entries of the database.
     *
     * @param bound the database, a {@link DataSource}
     * @param previous the result of the last successful call, or null at the start
     * @return the entries; {@code previous} itself if nothing has changed
     * @throws StoreException if it cannot be read completely or any row is bad; the message has no text of the driver
     */
    public Loaded<EntryTable> load(Object bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
        DataSource source = (DataSource) bound;
        Loaded<EntryTable> now = loadOnce(source, previous);
        boolean emptied =
                previous != null && now.value().isEmpty() && !previous.value().isEmpty();
        return emptied ? loadOnce(source, previous) : now;
    }

    /**
     * Reads in one transaction. A table that another transaction truncates and fills again looks empty to a transaction that
     * began before (PostgreSQL, Concurrency Control, Caveats); the caller therefore confirms an empty table in a second one.
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
        checks = 0;
        return now;
    }

    /**
     * Returns whether the last result is still valid: it came from the same database object, its marker is equal, and not too many
     * checks in a row have relied on the marker alone.
     */
    @SuppressWarnings("ReferenceEquality") // results are recognised by their identity
    private boolean isUnchanged(DataSource source, @Nullable List<String> marker, Loaded<EntryTable> previous) {
        Known last = known;
        return last != null
                && last.contents == previous
                && last.source.refersTo(source)
                && marker != null
                && marker.equals(last.marker)
                && ++checks < MAX_CHECKS_WITHOUT_READ;
    }

    /** Returns the values of the row of changes, or null without a query for changes. */
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

    private List<String> marker(SqlConnection.Rows rows) throws SQLException, StoreException {
        List<String> marker = rows.next() ? values(rows.row()) : List.of();
        if (marker.isEmpty() || rows.next()) {
            throw new StoreException(
                    location,
                    "returns " + (marker.isEmpty() ? "no row" : "more than one row")
                            + " when asked for changes (sqlChangeQuery); expected exactly one row",
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

    private Loaded<EntryTable> contents(SqlConnection.Rows rows) throws SQLException, StoreException {
        RowEntries entries = new RowEntries(location, clock.instant(), denying);
        SqlEntry entry = new SqlEntry(rows, SqlColumns.of(location, rows.row()));
        while (rows.next()) {
            entry.addTo(entries);
        }
        return entries.toLoaded(options);
    }
}
