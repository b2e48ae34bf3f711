/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database servers of several tests, each started when it is first needed, in a folder of theirs. */
final class Databases {

    private final Path folder;
    private final Map<Product, TestDatabase> running = new EnumMap<>(Product.class);

    /** A database product. */
    enum Product {
        H2("", "") {
            @Override
            TestDatabase start(Path folder) {
                return new H2Database("contract");
            }

            @Override
            DataSource nowhere() {
                JdbcDataSource source = new JdbcDataSource();
                source.setURL("jdbc:h2:tcp://127.0.0.1:1/none");
                return source;
            }
        },
        POSTGRESQL(
                "LOCK TABLE thumbkeeper_client, thumbkeeper_client_change IN ACCESS EXCLUSIVE MODE",
                "SELECT count(*) FROM pg_locks WHERE NOT granted") {
            @Override
            TestDatabase start(Path folder) throws Exception {
                return new PostgresqlDatabase(folder);
            }

            @Override
            DataSource nowhere() {
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl("jdbc:postgresql://127.0.0.1:1/none");
                return source;
            }
        },
        MARIADB(
                "LOCK TABLES thumbkeeper_client WRITE, thumbkeeper_client_change WRITE",
                "SELECT count(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'") {
            @Override
            TestDatabase start(Path folder) throws Exception {
                return new MariaDbDatabase(folder);
            }

            @Override
            DataSource nowhere() throws SQLException {
                return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:1/none");
            }
        };

        private final String lock;
        private final String waiting;

        Product(String lock, String waiting) {
            this.lock = lock;
            this.waiting = waiting;
        }

        /** Returns the statement that makes readers of the table wait. */
        String lock() {
            return lock;
        }

        /** Returns the query for the number of statements that wait. */
        String waiting() {
            return waiting;
        }

        /** Creates the folder and starts a server in it; aborts the test if the server is not installed. */
        abstract TestDatabase start(Path folder) throws Exception;

        /** Returns a source whose server is not there. */
        abstract DataSource nowhere() throws SQLException;
    }

    Databases(Path folder) {
        this.folder = folder;
    }

    /** Returns the database with an empty table. */
    TestDatabase get(Product product) throws Exception {
        TestDatabase database = running.get(product);
        if (database == null) {
            database = product.start(folder.resolve(product.name()));
            running.put(product, database);
            database.create();
        }
        database.run("DELETE FROM thumbkeeper_client");
        return database;
    }

    void stop() throws Exception {
        List<TestDatabase> all = new ArrayList<>(running.values());
        running.clear();
        for (TestDatabase database : all) {
            database.close();
        }
    }
}
