/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.store.Deadline;
import io.github.thumbkeeper.store.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is borrowed for one reading, in one transaction that never commits, and is given back as it was. Used
 * by one thread.
 */
final class SqlConnection implements AutoCloseable {

    /** So that drivers hand out rows as they come, and do not hold a million of them. */
    private static final int FETCHED_AT_ONCE = 1000;

    /** The database is to be the first that gives up; then the connection is still of use. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connection connection;
    private final Duration limit;
    private final Deadline deadline;
    private @Nullable Manner before;
    private @Nullable Integer patienceBefore;

    /** How a connection behaves. */
    private record Manner(boolean autoCommit, boolean readOnly, int isolation) {
        static Manner of(Connection connection) throws SQLException {
            return new Manner(
                    connection.getAutoCommit(), connection.isReadOnly(), connection.getTransactionIsolation());
        }
    }

    /** Reads the result of a query. */
    @FunctionalInterface
    interface Reader<T> {
        T read(SqlRows rows) throws SQLException, StoreException;
    }

    /** One step of giving the connection back. */
    @FunctionalInterface
    private interface Step {
        void take() throws SQLException;
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

    private void begin() throws SQLException {
        limitPatience();
        Manner found = Manner.of(connection);
        if (!found.autoCommit) {
            // To tell how it is, a driver may have begun a transaction, in which nothing can be set.
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

    /** Runs a query; only as much of its result as was asked for at once is in memory. */
    <T> T query(String sql, Reader<T> reader) throws SQLException, StoreException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            statement.setQueryTimeout(secondsLeft());
            try (ResultSet result = statement.executeQuery(sql)) {
                return reader.read(new SqlRows(result, deadline));
            }
        }
    }

    /** To a driver, no seconds mean no limit. */
    private int secondsLeft() {
        return (int) Math.max(1, deadline.left().plusMillis(999).toSeconds());
    }

    @Override
    public void close() {
        Manner manner = before;
        if (manner != null) {
            quietly(connection::rollback);
            quietly(() -> connection.setReadOnly(manner.readOnly));
            quietly(() -> connection.setTransactionIsolation(manner.isolation));
            quietly(() -> connection.setAutoCommit(manner.autoCommit));
        }
        Integer patience = patienceBefore;
        if (patience != null) {
            quietly(() -> connection.setNetworkTimeout(Runnable::run, patience));
        }
        quietly(connection::close);
    }

    /** What was read is read, and connections that are of no more use are the pool's affair. */
    private static void quietly(Step step) {
        try {
            step.take();
        } catch (SQLException | RuntimeException | Error e) {
            // See above.
        }
    }

    /** A database that has gone without a word must not hold up the other stores. Some drivers know no such limit. */
    private void limitPatience() throws SQLException {
        try {
            int found = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) limit.plus(GRACE).toMillis());
            patienceBefore = found;
        } catch (SQLFeatureNotSupportedException e) {
            patienceBefore = null;
        }
    }
}
