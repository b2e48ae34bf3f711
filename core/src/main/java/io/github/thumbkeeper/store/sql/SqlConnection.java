/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.store.Deadline;
import io.github.thumbkeeper.store.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection borrowed from a {@link DataSource} for one read, in one read-only transaction that never commits. Closing it
 * restores the connection's own settings and returns it to its pool.
 *
 * <p>Not thread-safe.
 */
final class SqlConnection implements AutoCloseable {

    /** Makes drivers stream the rows instead of buffering millions of them. */
    private static final int FETCH_SIZE = 1000;

    /** Lets the query time out before the socket does: a connection survives the first, not the second. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final Duration limit;
    private final Deadline deadline;
    private @Nullable Session before;
    private @Nullable Integer networkTimeoutBefore;

    /** The settings of a connection that the transaction changes. */
    private record Session(boolean autoCommit, boolean readOnly, int isolation) {
        static Session of(Connection connection) throws SQLException {
            return new Session(
                    connection.getAutoCommit(), connection.isReadOnly(), connection.getTransactionIsolation());
        }
    }

    /** Reads the result of a query. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Rows rows) throws SQLException, StoreException;
    }

    /** A step of returning the connection. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * The rows of a result, while there is time left.
     *
     * <p>Not thread-safe.
     */
    static final class Rows {

        private final ResultSet result;
        private final Deadline deadline;
        private int number;

        private Rows(ResultSet result, Deadline deadline) {
            this.result = result;
            this.deadline = deadline;
        }

        /**
         * Moves to the next row and returns whether there is one.
         *
         * @throws SQLTimeoutException if the time for the whole read is over
         */
        boolean next() throws SQLException {
            if (deadline.left().isNegative()) {
                throw new SQLTimeoutException();
            }
            number++;
            return result.next();
        }

        /** Returns the number of the current row, from 1. */
        int number() {
            return number;
        }

        /** Returns the result at its current row; before the first row it knows the columns only. */
        ResultSet row() {
            return result;
        }
    }

    private SqlConnection(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
        this.deadline = new Deadline(limit, System::nanoTime);
    }

    /** Borrows a connection and begins the transaction. */
    static SqlConnection open(DataSource source, Duration limit) throws SQLException {
        SqlConnection opened = new SqlConnection(source.getConnection(), limit);
        try {
            opened.begin();
            return opened;
        } catch (SQLException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Begins a read-only transaction in which all queries see the same state: repeatable read, or serializable for databases
     * without it. What the connection was like before is kept for {@link #close()}.
     */
    private void begin() throws SQLException {
        limitNetworkWait();
        Session found = Session.of(connection);
        if (!found.autoCommit) {
            // A driver may have begun a transaction to answer these questions, and nothing can be set within one.
            connection.rollback();
        }
        before = found;
        connection.setReadOnly(true);
        DatabaseMetaData database = connection.getMetaData();
        if (database.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } else if (database.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        connection.setAutoCommit(false);
    }

    /** Runs a query and hands its rows to a reader; only one fetch of them is in memory at a time. */
    <T> T query(String sql, Reader<T> reader) throws SQLException, StoreException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setQueryTimeout(secondsLeft());
            try (ResultSet result = statement.executeQuery(sql)) {
                return reader.read(new Rows(result, deadline));
            }
        }
    }

    /** Returns at least 1: JDBC takes 0 seconds for no limit. */
    private int secondsLeft() {
        return (int) Math.max(1, deadline.left().plusMillis(999).toSeconds());
    }

    @Override
    public void close() {
        Session session = before;
        if (session != null) {
            quietly(connection::rollback);
            quietly(() -> connection.setReadOnly(session.readOnly));
            quietly(() -> connection.setTransactionIsolation(session.isolation));
            quietly(() -> connection.setAutoCommit(session.autoCommit));
        }
        Integer networkTimeout = networkTimeoutBefore;
        if (networkTimeout != null) {
            quietly(() -> connection.setNetworkTimeout(Runnable::run, networkTimeout));
        }
        quietly(connection::close);
    }

    /** Ignores failures: the rows have been read already, and the pool discards broken connections. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException | Error e) {
            // The pool finds out for itself.
        }
    }

    /** Limits the wait for a database that no longer answers. Some drivers do not support this limit. */
    private void limitNetworkWait() throws SQLException {
        try {
            int found = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) limit.plus(GRACE).toMillis());
            networkTimeoutBefore = found;
        } catch (SQLFeatureNotSupportedException e) {
            networkTimeoutBefore = null;
        }
    }
}
