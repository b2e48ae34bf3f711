/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryData;
import io.github.thumbkeeper.store.entry.EntryText;
import io.github.thumbkeeper.store.entry.RowEntries;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the current row into an entry.
 *
 * <p>Not thread-safe.
 */
final class SqlEntry {

    private final SqlConnection.Rows rows;
    private final ResultSet row;
    private final SqlColumns columns;

    /** Timestamps without a zone of their own are in UTC. */
    private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);

    SqlEntry(SqlConnection.Rows rows, SqlColumns columns) {
        this.rows = rows;
        this.row = rows.row();
        this.columns = columns;
    }

    /** Adds the current row; a bad one is reported as a problem, so that all bad rows are reported together. */
    void addTo(RowEntries entries) throws SQLException {
        String label = text(SqlColumn.LABEL);
        Supplier<String> name = () -> "row " + rows.number() + (label == null ? "" : " " + SafeText.quoted(label));
        try {
            entries.add(name, text(SqlColumn.THUMBPRINT), certificate(), data(label));
        } catch (BadEntryException e) {
            entries.problem(name, e.problem());
        }
    }

    private EntryData data(@Nullable String label) throws SQLException, BadEntryException {
        String roles = text(SqlColumn.ROLES);
        return new EntryData(
                label,
                roles == null || EntryText.withoutBlanks(roles).isEmpty() ? List.of() : List.of(roles),
                instant(SqlColumn.VALID_FROM),
                instant(SqlColumn.VALID_UNTIL),
                !isEnabled());
    }

    private @Nullable String text(SqlColumn column) throws SQLException {
        return columns.has(column) ? row.getString(columns.index(column)) : null;
    }

    private byte @Nullable [] certificate() throws SQLException {
        if (columns.isBytes(SqlColumn.CERTIFICATE)) {
            return row.getBytes(columns.index(SqlColumn.CERTIFICATE));
        }
        String pem = text(SqlColumn.CERTIFICATE);
        return pem == null ? null : pem.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses MariaDB's date 0000-00-00: its driver returns null for it, which would mean no limit. */
    private @Nullable Instant instant(SqlColumn column) throws SQLException, BadEntryException {
        if (!columns.has(column)) {
            return null;
        }
        Timestamp time = row.getTimestamp(columns.index(column), utc);
        if (time == null && row.getString(columns.index(column)) != null) {
            throw new BadEntryException("[" + column.key() + "] is not a valid date");
        }
        return time == null ? null : time.toInstant();
    }

    /** Reads a boolean, or 0 or 1; anything else is refused, because a disabled certificate must not be admitted by a guess. */
    private boolean isEnabled() throws SQLException, BadEntryException {
        if (!columns.has(SqlColumn.ENABLED)) {
            return true;
        }
        Object value = row.getObject(columns.index(SqlColumn.ENABLED));
        if (value instanceof Boolean flag) {
            return flag;
        }
        String number = value instanceof Number ? new BigDecimal(value.toString()).toPlainString() : "";
        if (!number.equals("0") && !number.equals("1")) {
            throw new BadEntryException("[enabled] has a value (not shown) other than a boolean, 0 and 1");
        }
        return number.equals("1");
    }
}
