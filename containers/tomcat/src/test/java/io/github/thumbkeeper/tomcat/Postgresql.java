/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.EmbeddedPostgresql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server with the table of clients; it keeps its data and port over a stop. */
final class Postgresql implements AutoCloseable {

    /** The folder into which the server unpacks its programs. */
    private static final String WORKING_DIRECTORY = "ot.epg.working-dir";

    private static final String DDL = "/io/github/thumbkeeper/sql/postgresql.sql";

    private final Path folder;
    private @Nullable EmbeddedPostgres server;
    private int port;

    Postgresql(Path folder) throws IOException, SQLException {
        EmbeddedPostgresql.assumeThatItRuns();
        this.folder = folder;
        start();
        try (InputStream ddl = Objects.requireNonNull(Postgresql.class.getResourceAsStream(DDL), DDL)) {
            run(new String(ddl.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Starts the server, on the port that it had before. */
    void start() throws IOException {
        System.setProperty(
                WORKING_DIRECTORY,
                Files.createDirectories(folder.resolve("programs")).toString());
        try {
            EmbeddedPostgres started = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            port = started.getPort();
            server = started;
        } finally {
            System.clearProperty(WORKING_DIRECTORY);
        }
    }

    /** Stops the server; its data stay. */
    void stop() throws IOException {
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    /** The URL of its database. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5";
    }

    /** Runs statements as the owner of everything. */
    void run(String sql) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(server).getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
