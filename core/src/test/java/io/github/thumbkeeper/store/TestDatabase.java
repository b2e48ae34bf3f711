/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.store.sql.SqlStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real database with the table that Thumbkeeper reads, until it is closed. */
interface TestDatabase extends AutoCloseable {

    /** A line that is a comment. */
    Pattern COMMENT = Pattern.compile("(?m)^ *--.*\n");

    /** Returns what gives connections to it. */
    DataSource source();

    /** Returns the name of its DDL. */
    String ddl();

    /** Returns whether its DDL counts changes. */
    default boolean countsChanges() {
        return true;
    }

    /** Returns whether its driver can do without all rows in memory. */
    default boolean handsOutRowsAsTheyCome() {
        return true;
    }

    /** Returns whether a transaction that is to read only cannot write. */
    default boolean refusesToWrite() {
        return true;
    }

    /** Returns a query with these numbers of rows whose column {@code n} has the numbers from 1. */
    String numbers(int count);

    @Override
    void close() throws IOException, SQLException;

    /** Runs statements, each in a transaction of its own. */
    default void run(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Runs a statement with values for its question marks. */
    default void runWith(String sql, @Nullable Object... values) throws SQLException {
        try (Connection connection = source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** Makes table, marker and triggers as the documentation says. */
    default void create() throws SQLException, IOException {
        run(script().toArray(String[]::new));
    }

    /** Makes the tables of a writer too. */
    default void createForWriting() throws SQLException, IOException {
        run(script(ddl().replace(".sql", "-writing.sql")).toArray(String[]::new));
    }

    /** Returns the statements of the DDL that is in the jar. */
    default List<String> script() throws IOException {
        return script(ddl());
    }

    /** Returns the statements of a resource. */
    static List<String> script(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SqlStore.class.getResourceAsStream("/io/github/thumbkeeper/sql/" + name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String bare = COMMENT.matcher(text).replaceAll("");
            return Arrays.stream(bare.split(";\n\n"))
                    .filter(statement -> !statement.isBlank())
                    .toList();
        }
    }
}
