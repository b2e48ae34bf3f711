/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A DataSource that can nothing but give a connection. */
@FunctionalInterface
interface BareSource extends DataSource {

    @Override
    Connection getConnection() throws SQLException;

    @Override
    default Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("the container knows user and password");
    }

    @Override
    default PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    default void setLogWriter(PrintWriter out) {}

    @Override
    default void setLoginTimeout(int seconds) {}

    @Override
    default int getLoginTimeout() {
        return 0;
    }

    @Override
    default Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    default <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped");
    }

    @Override
    default boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
