/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in memory. */
final class H2Database implements TestDatabase {

    private final JdbcDataSource source = new JdbcDataSource();

    H2Database(String name) {
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public String ddl() {
        return "h2.sql";
    }

    @Override
    public boolean countsChanges() {
        return false;
    }

    @Override
    public boolean handsOutRowsAsTheyCome() {
        return false;
    }

    @Override
    public boolean refusesToWrite() {
        return false;
    }

    @Override
    public String numbers(int count) {
        return "SELECT x AS n FROM SYSTEM_RANGE(1, " + count + ")";
    }

    @Override
    public void close() throws SQLException {
        run("SHUTDOWN");
    }
}
