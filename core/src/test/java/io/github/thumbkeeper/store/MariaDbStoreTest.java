/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
@NeedsProgram
class MariaDbStoreTest extends SqlStoreContract {

    @TempDir
    private static Path folder;

    private static @Nullable MariaDbDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new MariaDbDatabase(folder);
        database.create();
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    MariaDbDatabase database() {
        return Objects.requireNonNull(database);
    }

    @Override
    String failing(String number) {
        return "CAST(EXP(" + number + ") AS INTEGER)";
    }

    @Override
    String instant(String text) {
        return "TIMESTAMP '" + text + "'";
    }

    @Override
    String timestamp() {
        return "DATETIME(6)";
    }

    @Override
    String slowQuery() {
        return "SELECT thumbprint FROM thumbkeeper_client WHERE BENCHMARK(2000000000, SHA2(thumbprint, 512)) = 0";
    }

    @Test
    @DisplayName("the date 0000-00-00, which the driver gives as null, does not mean for ever")
    void refusesZeroDate() throws Exception {
        use(SqlOptions.ofQuery("SELECT thumbprint, valid_until FROM zero_dates"));
        database()
                .run(
                        "CREATE TABLE zero_dates (thumbprint CHAR(64), valid_until DATETIME)",
                        "SET STATEMENT sql_mode='' FOR INSERT INTO zero_dates VALUES (REPEAT('ab', 32), '0000-00-00')");

        assertThat(refusal()).contains("row 1: [valid_until] is not a valid date");
    }

    @Test
    @DisplayName("a TIMESTAMP comes in the time zone of the connection, so it is refused (row 89)")
    void refusesTimestamp() throws Exception {
        use(SqlOptions.ofQuery("SELECT * FROM timestamps"));
        database().run("CREATE TABLE timestamps (thumbprint CHAR(64), valid_until TIMESTAMP NULL)");

        assertThat(refusal()).contains("use DATETIME, in UTC");
    }

    @Test
    @DisplayName("a server that goes silent does not hold up the refresh for ever (row 78)")
    void givesUpSilentServer() throws Exception {
        use(SqlOptions.DEFAULTS.within(Duration.ofSeconds(1)));
        source.afterQuery(query -> database().freeze(true));
        long start = System.nanoTime();
        try {
            assertThat(refusal()).contains("is a database that fails while asked for its rows: ");
        } finally {
            database().freeze(false);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        source.afterQuery(query -> {});

        assertThat(store().load(null).value()).isEmpty();
    }
}
