/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options for reading a database.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rows the query that returns the entries
 * @param changes the query whose single row differs after every change, or null to read everything each time
 * @param timeout longest time for each query, and for a whole read
 */
public record SqlOptions(String rows, @Nullable String changes, Duration timeout) {

    /** The default table. */
    private static final String TABLE = "thumbkeeper_client";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A name followed by {@code _change} must fit into PostgreSQL's 63 bytes. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.){0,2}[A-Za-z_][A-Za-z0-9_]{0,55}");

    /** Options for the default table. */
    public static final SqlOptions DEFAULTS = ofTable(TABLE);

    /** Returns whether a text is a table name, with or without schema, that needs no quotes. */
    public static boolean isTable(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Returns options for a table whose changes are counted in a second table, named with the suffix {@code _change}.
     *
     * @throws IllegalArgumentException if it is not a table name
     */
    public static SqlOptions ofTable(String name) {
        if (!isTable(name)) {
            throw new IllegalArgumentException("not a table name");
        }
        // EXISTS, because triggers do not fire on MariaDB's TRUNCATE. ORDER BY, so that of two rows that match one
        // certificate the same one always comes first.
        return new SqlOptions(
                "SELECT label, thumbprint, certificate, roles, valid_from, valid_until, enabled FROM " + name
                        + " ORDER BY thumbprint",
                "SELECT c.*, CASE WHEN EXISTS (SELECT 1 FROM " + name + ") THEN 1 ELSE 0 END FROM " + name
                        + "_change c",
                TIMEOUT);
    }

    /** Returns options for the result of a query. */
    public static SqlOptions ofQuery(String query) {
        return new SqlOptions(query, null, TIMEOUT);
    }

    /** Returns a copy with another query for changes, or without one. */
    public SqlOptions changesBy(@Nullable String query) {
        return new SqlOptions(rows, query, timeout);
    }

    /** Returns a copy with another time limit. */
    public SqlOptions within(Duration limit) {
        return new SqlOptions(rows, changes, limit);
    }
}
