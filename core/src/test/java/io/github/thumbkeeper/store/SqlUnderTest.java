/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.store.Databases.Product;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The table of a database. */
final class SqlUnderTest extends BoundStore {

    private final Product product;
    private final TestDatabase database;
    private final WatchedSource source;
    private @Nullable Connection lock;

    SqlUnderTest(Product product, Databases servers) throws Exception {
        super(new StoreOptions(
                Naming.NO_PASSWORD, false, SqlOptions.DEFAULTS.within(Duration.ofSeconds(2)), LdapOptions.DEFAULTS));
        this.product = product;
        this.database = servers.get(product);
        this.source = new WatchedSource(database.source());
        bind(source);
    }

    @Override
    Object whole() {
        return source;
    }

    @Override
    public void put(String name, TestCertificate certificate) throws SQLException {
        remove(name);
        database.runWith(
                "INSERT INTO thumbkeeper_client (thumbprint, label) VALUES (?, ?)", certificate.sha256(), name);
    }

    @Override
    public void remove(String name) throws SQLException {
        database.runWith("DELETE FROM thumbkeeper_client WHERE label = ?", name);
    }

    @Override
    public void breakIt() throws SQLException {
        database.run("INSERT INTO thumbkeeper_client (thumbprint, label) VALUES ('none', 'broken')");
    }

    @Override
    public void takeAway() throws SQLException {
        bind(product.nowhere());
    }

    @Override
    public void cutOff() throws SQLException {
        // Nothing is read that has not changed.
        database.run("UPDATE thumbkeeper_client SET roles = NULL");
        AtomicInteger rows = new AtomicInteger();
        source.afterRow(query -> {
            if (query.equals(SqlOptions.DEFAULTS.rows()) && rows.incrementAndGet() % 2 == 0) {
                throw new SQLException("connection reset", "08006");
            }
        });
    }

    @Override
    public void slowDown() throws SQLException {
        lock = database.source().getConnection();
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute(product.lock());
        }
    }

    @Override
    public boolean isWaiting() throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(product.waiting())) {
            return count.next() && count.getInt(1) > 0;
        }
    }

    @Override
    public boolean hasTimeLimit() {
        return true;
    }

    @Override
    public void repair() throws Exception {
        stop();
        source.afterRow(query -> {});
        remove("broken");
        super.repair();
    }

    @Override
    public void stop() throws Exception {
        if (lock != null) {
            lock.close();
            lock = null;
        }
        super.stop();
    }
}
