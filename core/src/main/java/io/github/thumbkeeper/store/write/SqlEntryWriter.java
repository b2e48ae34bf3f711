/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.sql.SqlFailure;
import io.github.thumbkeeper.store.sql.SqlOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Changes the table {@code thumbkeeper_client} of a database, so that the servers of a cluster share one list.
 *
 * <p>{@code store="jndi:jdbc/clients"} of a gate reads the same table. The writer needs the tables of
 * {@code postgresql-writing.sql}, {@code mariadb-writing.sql} or {@code h2-writing.sql} too, and the right to write to them. All
 * changes of a call are one transaction.
 *
 * <pre>{@code
 * EntryWriter writer = SqlEntryWriter.open("jndi:jdbc/clients", dataSource, Clock.systemUTC());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class SqlEntryWriter implements EntryWriter {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Most milliseconds before a transaction that the database has rolled back is repeated. */
    private static final int LONGEST_PAUSE = 20;

    /** MariaDB's error, which has a general SQL state. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final System.Logger log = LogTopic.STORE.logger();
    private final String location;
    private final DataSource source;
    private final InstantSource clock;
    private final WritePoint point;
    private final RecentSnapshots recent = new RecentSnapshots();

    private SqlEntryWriter(String location, DataSource source, InstantSource clock, WritePoint point) {
        this.location = location;
        this.source = source;
        this.clock = clock;
        this.point = point;
    }

    /**
     * Opens a database.
     *
     * @param location the database as messages name it
     * @param clock gives the times of the history
     * @throws StoreException if the tables cannot be read
     */
    public static SqlEntryWriter open(String location, DataSource source, InstantSource clock) throws StoreException {
        return open(location, source, clock, WritePoint.NONE);
    }

    static SqlEntryWriter open(String location, DataSource source, InstantSource clock, WritePoint point)
            throws StoreException {
        SqlEntryWriter writer = new SqlEntryWriter(location, source, clock, point);
        writer.read();
        writer.history(Long.MAX_VALUE, 1);
        return writer;
    }

    /** Work within a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run(SqlSession session) throws SQLException, StoreException;
    }

    /** Runs a transaction, and repeats it as long as the database rolls it back in favour of another one. */
    private <T> T transaction(String doing, boolean writing, Work<T> work) throws StoreException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return once(writing, work);
            } catch (SQLException | RuntimeException | Error e) {
                if (!isRolledBack(e) || System.nanoTime() - end > 0 || !pause()) {
                    throw SqlFailure.of(location, doing, SqlOptions.DEFAULTS.within(TIMEOUT), e);
                }
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns whether a failure is a deadlock, a serialization failure, or a lock that was waited for too long. */
    private static boolean isRolledBack(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                if (state.startsWith("40")
                        || state.equals("HYT00")
                        || state.equals("55P03")
                        || sql.getErrorCode() == LOCK_WAIT_TIMEOUT) {
                    return true;
                }
            }
        }
        return false;
    }

    private <T> T once(boolean writing, Work<T> work) throws SQLException, StoreException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            Integer wait = limitNetworkWait(connection);
            if (!autoCommit) {
                // A driver may have begun a transaction to answer these questions, and nothing can be set within one.
                connection.rollback();
            }
            // A writer locks before it reads, and must then see what the writer before it has committed.
            connection.setTransactionIsolation(
                    writing ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(new SqlSession(location, connection, (int) TIMEOUT.toSeconds()));
                if (writing) {
                    connection.commit();
                    point.reached("committed");
                }
                done = true;
                return result;
            } finally {
                if (!done || !writing) {
                    rollback(connection);
                }
                restore(connection, autoCommit, isolation, wait);
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The database rolls back when the connection is lost.
        }
    }

    /** Ignores failures: the transaction is over, and a pool discards broken connections. */
    private static void restore(Connection connection, boolean autoCommit, int isolation, @Nullable Integer wait) {
        try {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
            if (wait != null) {
                connection.setNetworkTimeout(Runnable::run, wait);
            }
        } catch (SQLException e) {
            // The pool finds out for itself.
        }
    }

    private static @Nullable Integer limitNetworkWait(Connection connection) throws SQLException {
        try {
            int found = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    Runnable::run, (int) TIMEOUT.plus(TIMEOUT).toMillis());
            return found;
        } catch (SQLFeatureNotSupportedException e) {
            return null;
        }
    }

    @Override
    public EntrySnapshot read() throws StoreException {
        return recent.keep(transaction(
                "read for changes", false, session -> snapshot(session.version(false), session.entries(false))));
    }

    private static EntrySnapshot snapshot(long changes, List<ListedEntry> entries) {
        return new EntrySnapshot(EntryVersion.of(changes, entries), entries);
    }

    @Override
    public WriteResult apply(EntryVersion version, String actor, List<EntryChange> changes) throws StoreException {
        WriteResult result = transaction("written", true, session -> apply(session, version, actor, changes));
        if (result instanceof WriteResult.Applied applied) {
            recent.keep(applied.snapshot());
            if (!applied.records().isEmpty()) {
                WriteLog.log(log, location, applied.records());
            }
        }
        return result;
    }

    private WriteResult apply(SqlSession session, EntryVersion version, String actor, List<EntryChange> changes)
            throws SQLException, StoreException {
        long last = session.version(true);
        point.reached("locked");
        EntrySnapshot now = snapshot(last, session.entries(true));
        if (!now.version().equals(version)) {
            return recent.conflict(version, now, count -> history(session, count));
        }
        EntryPlanner.Plan plan = EntryPlanner.plan(now.entries(), actor, changes, number -> find(session, number));
        if (plan instanceof EntryPlanner.Impossible impossible) {
            return new WriteResult.Rejected(impossible.problems());
        }
        EntryPlanner.Possible possible = (EntryPlanner.Possible) plan;
        if (possible.changes().isEmpty()) {
            return new WriteResult.Applied(now, List.of());
        }
        List<String> problems = session.problems(possible.changes());
        if (!problems.isEmpty()) {
            return new WriteResult.Rejected(problems);
        }
        List<HistoryRecord> records = possible.records(last, clock.instant().truncatedTo(ChronoUnit.MICROS), actor);
        try {
            session.write(records, point);
        } catch (SqlSession.TooLongException e) {
            session.rollback();
            return new WriteResult.Rejected(List.of(String.valueOf(e.getMessage())));
        }
        return new WriteResult.Applied(snapshot(records.get(records.size() - 1).number(), possible.entries()), records);
    }

    private List<HistoryRecord> history(SqlSession session, int count) throws StoreException {
        try {
            return session.history(Long.MAX_VALUE, count);
        } catch (SQLException e) {
            throw SqlFailure.of(location, "asked for its history", SqlOptions.DEFAULTS, e);
        }
    }

    private Optional<HistoryRecord> find(SqlSession session, long number) throws StoreException {
        try {
            return session.find(number);
        } catch (SQLException e) {
            throw SqlFailure.of(location, "asked for its history", SqlOptions.DEFAULTS, e);
        }
    }

    @Override
    public HistoryPage history(long before, int size) throws StoreException {
        int most = WriteLog.requirePageSize(size);
        return transaction(
                "asked for its history", false, session -> HistoryPage.of(session.history(before, most + 1), most));
    }
}
