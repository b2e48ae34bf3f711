/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How databases are read.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param rows the query that gives the entries
 * @param changes the query whose one row differs after every change, or null to read everything each time
 * @param timeout how long each query, and all of one reading, may take
 */
public record SqlOptions(String rows, @Nullable String changes, Duration timeout) {

    /** The table that is read when nothing else is set. */
    public static final String TABLE = "thumbkeeper_client";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** With {@code _change} behind it a name must fit into the 63 bytes that PostgreSQL takes. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.){0,2}[A-Za-z_][A-Za-z0-9_]{0,55}");

    /** What holds when nothing is set. */
    public static final SqlOptions STANDARD = ofTable(TABLE);

    /** Returns whether this is the name of a table, with or without its schema, that needs no quotes. */
    public static boolean isTable(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Returns how a table is read whose changes are counted in another one, of the same name with {@code _change} behind it.
     *
     * @throws IllegalArgumentException if the name is none
     */
    public static SqlOptions ofTable(String name) {
        if (!isTable(name)) {
            throw new IllegalArgumentException("no name of a table");
        }
        // Triggers do not see MariaDB's TRUNCATE; and of two rows that match one certificate the same one is to come
        // first.
        return new SqlOptions(
                "SELECT label, thumbprint, certificate, roles, valid_from, valid_until, enabled FROM " + name
                        + " ORDER BY thumbprint",
                "SELECT c.*, CASE WHEN EXISTS (SELECT 1 FROM " + name + ") THEN 1 ELSE 0 END FROM " + name
                        + "_change c",
                TIMEOUT);
    }

    /** Returns how the result of a query is read. */
    public static SqlOptions ofQuery(String query) {
        return new SqlOptions(query, null, TIMEOUT);
    }

    /** Returns the same with another query for changes, or without one. */
    public SqlOptions changesBy(@Nullable String query) {
        return new SqlOptions(rows, query, timeout);
    }

    /** Returns the same with another limit of time. */
    public SqlOptions within(Duration limit) {
        return new SqlOptions(rows, changes, limit);
    }
}
