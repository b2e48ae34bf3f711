/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A column that a result may have, and the type of its values. */
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

    /** Returns the column with a name, ignoring case: databases differ in the case they report. */
    static Optional<SqlColumn> named(String name) {
        return Arrays.stream(values())
                .filter(column -> column.key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns all names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(SqlColumn::key).collect(Collectors.joining(", "));
    }

    /** Returns the name. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether values of a type fit; a certificate may be bytes or PEM text. */
    boolean accepts(SqlType other) {
        return other == type || (this == CERTIFICATE && other == SqlType.TEXT);
    }

    /** Returns the expected types, for messages. */
    String expected() {
        return this == CERTIFICATE ? "bytes or text" : type.description();
    }
}
