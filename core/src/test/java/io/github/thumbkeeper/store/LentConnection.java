/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool of one connection that never resets it, so that a test sees how a borrower leaves it. */
final class LentConnection implements BareSource, AutoCloseable {

    private final Connection connection;
    private int lent;

    LentConnection(DataSource source) throws SQLException {
        connection = source.getConnection();
    }

    Connection connection() {
        return connection;
    }

    /** Requires that it was given back, with no transaction begun and in the manner of before. */
    void assertAsItWas(boolean autoCommit) throws SQLException {
        assertThat(lent).isZero();
        // PostgreSQL refuses this while there is a transaction.
        connection.setReadOnly(connection.isReadOnly());
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(connection.getNetworkTimeout()).isZero();
        if (!autoCommit) {
            connection.rollback();
        }
    }

    @Override
    public Connection getConnection() {
        lent++;
        return (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        lent--;
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
