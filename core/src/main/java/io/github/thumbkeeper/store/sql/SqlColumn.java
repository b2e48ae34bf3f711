/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a column of the rows may be called, and what may stand in it. */
enum SqlColumn {
    LABEL(SqlType.TEXT),
    THUMBPRINT(SqlType.TEXT),
    CERTIFICATE(SqlType.BYTES),
    ROLES(SqlType.TEXT),
    VALID_FROM(SqlType.TIME),
    VALID_UNTIL(SqlType.TIME),
    ENABLED(SqlType.FLAG);

    private final SqlType type;

    SqlColumn(SqlType type) {
        this.type = type;
    }

    /** Returns the column of this name, in whatever case the database gives it. */
    static Optional<SqlColumn> named(String name) {
        return Arrays.stream(values())
                .filter(column -> column.key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns all names. */
    static String names() {
        return Arrays.stream(values()).map(SqlColumn::key).collect(Collectors.joining(", "));
    }

    /** Returns the name. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A certificate may be PEM. */
    boolean accepts(SqlType other) {
        return other == type || (this == CERTIFICATE && other == SqlType.TEXT);
    }

    /** Returns what is accepted, in words. */
    String accepted() {
        return this == CERTIFICATE ? "bytes or text" : type.words();
    }
}
