/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.EmbeddedPostgresql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A PostgreSQL server of its own. */
final class PostgresqlDatabase implements TestDatabase {

    /** Where the server unpacks its programs and has its data. */
    private static final String WORKING_DIRECTORY = "ot.epg.working-dir";

    private final EmbeddedPostgres server;

    PostgresqlDatabase(Path folder) throws IOException {
        EmbeddedPostgresql.assumeThatItRuns();
        Files.createDirectories(folder);
        System.setProperty(WORKING_DIRECTORY, folder.toString());
        try {
            server = EmbeddedPostgres.start();
        } finally {
            System.clearProperty(WORKING_DIRECTORY);
        }
    }

    @Override
    public DataSource source() {
        return server.getPostgresDatabase();
    }

    @Override
    public String ddl() {
        return "postgresql.sql";
    }

    @Override
    public String numbers(int count) {
        return "SELECT n FROM generate_series(1, " + count + ") n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
