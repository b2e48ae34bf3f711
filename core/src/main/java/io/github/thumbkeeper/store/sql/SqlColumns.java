/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The columns of a result and their indexes.
 *
 * <p>An unknown column is refused: it could be a misspelt restriction such as {@code valid_until}.
 */
final class SqlColumns {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$#]*");

    private final Map<SqlColumn, Integer> indexes = new EnumMap<>(SqlColumn.class);
    private final Map<SqlColumn, SqlType> types = new EnumMap<>(SqlColumn.class);
    private final BoundedMessages problems = new BoundedMessages();
    private final boolean zoneOfSession;

    private SqlColumns(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        String product = result.getStatement().getConnection().getMetaData().getDatabaseProductName();
        zoneOfSession = product.contains("MariaDB") || product.contains("MySQL");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            add(i, columns);
        }
        if (!indexes.containsKey(SqlColumn.THUMBPRINT) && !indexes.containsKey(SqlColumn.CERTIFICATE)) {
            problems.add("there is neither a column thumbprint nor a column certificate");
        }
    }

    /**
     * Finds the columns of a result.
     *
     * @throws StoreException if a column is unknown, duplicate or of a wrong type, or if there is neither a thumbprint nor a
     *     certificate
     */
    static SqlColumns of(String store, ResultSet result) throws SQLException, StoreException {
        SqlColumns columns = new SqlColumns(result);
        if (columns.problems.isEmpty()) {
            return columns;
        }
        throw new StoreException(
                store,
                "returns rows that cannot be used: " + String.join("; ", columns.problems.toList())
                        + "; expected the columns " + SqlColumn.names(),
                null);
    }

    /** Returns whether the result has a column. */
    boolean has(SqlColumn column) {
        return indexes.containsKey(column);
    }

    /** Returns the JDBC index of a column, from 1; 0 if the result does not have it. */
    int index(SqlColumn column) {
        return indexes.getOrDefault(column, 0);
    }

    /** Returns whether the values of a column are bytes. */
    boolean isBytes(SqlColumn column) {
        return types.get(column) == SqlType.BYTES;
    }

    private void add(int index, ResultSetMetaData columns) throws SQLException {
        String name = columns.getColumnLabel(index);
        SqlColumn column = SqlColumn.named(name).orElse(null);
        if (column == null) {
            // Without an alias, some databases name a column after its expression, which may contain a secret.
            String shown = NAME.matcher(name).matches()
                    ? SafeText.quoted(name)
                    : "number " + index + ", whose name is " + TextOrigin.unshown(name) + ",";
            problems.add("the column " + shown + " is unknown");
        } else if (indexes.put(column, index) != null) {
            problems.add("the column " + column.key() + " occurs twice");
        } else {
            add(column, SqlType.of(columns.getColumnType(index)), columns.getColumnTypeName(index));
        }
    }

    private void add(SqlColumn column, SqlType type, String name) {
        types.put(column, type);
        if (!column.accepts(type)) {
            problems.add("the column " + column.key() + " has the type " + SafeText.quoted(name) + " instead of "
                    + column.expected());
        } else if (type == SqlType.TIME && zoneOfSession && name.startsWith("TIMESTAMP")) {
            problems.add("the column " + column.key() + " has the type [TIMESTAMP], which this database returns in the"
                    + " time zone of the connection; use DATETIME, in UTC, or"
                    + " CONVERT_TZ(column, @@session.time_zone, '+00:00'); a CAST alone does not change the zone");
        }
    }
}
