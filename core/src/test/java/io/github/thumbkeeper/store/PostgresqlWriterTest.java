/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.Slow;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Slow
class PostgresqlWriterTest extends SqlWriterContract {

    @TempDir
    private static Path folder;

    private static @Nullable PostgresqlDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new PostgresqlDatabase(folder);
        database.create();
        database.createForWriting();
    }

    @AfterAll
    static void stop() throws Exception {
        if (database != null) {
            database.close();
        }
    }

    @Override
    TestDatabase database() {
        return Objects.requireNonNull(database);
    }
}
