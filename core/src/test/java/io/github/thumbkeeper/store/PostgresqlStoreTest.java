/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.location.JndiLoader;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
@NeedsProgram
class PostgresqlStoreTest extends SqlStoreContract {

    @TempDir
    private static Path folder;

    private static @Nullable PostgresqlDatabase database;

    @BeforeAll
    static void start() throws Exception {
        PostgresqlDatabase started = new PostgresqlDatabase(folder);
        database = started;
        started.create();
    }

    @AfterAll
    static void stop() throws Exception {
        if (database != null) {
            database.close();
        }
    }

    @Override
    PostgresqlDatabase database() {
        return Objects.requireNonNull(database);
    }

    @Override
    String failing(String number) {
        return "1 / (" + number + " - 2500)";
    }

    @Override
    String instant(String text) {
        return "TIMESTAMPTZ '" + text + "Z'";
    }

    @Override
    String slowQuery() {
        return "SELECT thumbprint FROM thumbkeeper_client, pg_sleep(60)";
    }

    @Test
    @DisplayName("who may write the table may not touch the count, and cannot lead it elsewhere by a table of his own")
    void countsWhatOthersWrite() throws Exception {
        database().run("CREATE ROLE writer", "GRANT SELECT, INSERT, UPDATE, DELETE ON thumbkeeper_client TO writer");
        JndiLoader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        try {
            transaction(
                    "SET LOCAL ROLE writer",
                    "CREATE TEMP TABLE thumbkeeper_client_change (version bigint, changed timestamptz) ON COMMIT DROP",
                    "INSERT INTO thumbkeeper_client (thumbprint) VALUES (repeat('ab', 32))");

            assertThat(store.load(first).value()).hasSize(1);
            assertThatThrownBy(() -> transaction("SET LOCAL ROLE writer", "DELETE FROM thumbkeeper_client_change"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        } finally {
            database().run("DROP OWNED BY writer", "DROP ROLE writer");
        }
    }

    @Test
    @DisplayName(
            "nobody else may hang the function that counts on a table, where triggers would run with its owner's rights")
    void lendsItsRightsToNobody() throws Exception {
        database().run("CREATE ROLE stranger");
        try {
            assertThatThrownBy(() -> transaction(
                            "SET LOCAL ROLE stranger",
                            "CREATE TEMP TABLE x (i int) ON COMMIT DROP",
                            "CREATE TRIGGER counts AFTER INSERT ON x FOR EACH STATEMENT"
                                    + " EXECUTE FUNCTION public.thumbkeeper_client_changed()"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for function");
        } finally {
            database().run("DROP OWNED BY stranger", "DROP ROLE stranger");
        }
    }

    @Test
    @DisplayName("a table that is emptied by TRUNCATE and filled again in one transaction is never read as empty")
    void seesNoTruncationHalfWay() throws Exception {
        database().run("INSERT INTO thumbkeeper_client (thumbprint) VALUES (repeat('ab', 32))");
        JndiLoader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        CompletableFuture<Loaded<EntryTable>> reading;
        try (Connection writer = database().source().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("TRUNCATE thumbkeeper_client");
            statement.execute("INSERT INTO thumbkeeper_client (thumbprint) VALUES (repeat('cd', 32))");
            reading = CompletableFuture.supplyAsync(() -> loaded(store, first));
            awaitLock();
            writer.commit();
        }

        Loaded<EntryTable> second = reading.get(1, TimeUnit.MINUTES);
        assertThat(second.value().stream().map(entry -> entry.digest().toString()))
                .containsExactly("sha256:" + "cd".repeat(32));
    }

    private static Loaded<EntryTable> loaded(JndiLoader<EntryTable> store, Loaded<EntryTable> before) {
        try {
            return store.load(before);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitLock() throws SQLException {
        try (Connection connection = database().source().getConnection();
                Statement statement = connection.createStatement()) {
            boolean waits = false;
            while (!waits) {
                try (ResultSet result = statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")) {
                    waits = result.next();
                }
            }
        }
    }
}
