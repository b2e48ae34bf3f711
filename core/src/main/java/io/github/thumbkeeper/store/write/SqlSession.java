/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.EntryData;
import io.github.thumbkeeper.store.entry.EntryText;
import io.github.thumbkeeper.store.entry.RowEntries;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a writer within one transaction. They are those of the SQL standard that H2, MariaDB and PostgreSQL share.
 *
 * <p>Not thread-safe.
 */
final class SqlSession {

    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The SQL state of a text that is longer than its column. */
    private static final String TOO_LONG = "22001";

    private final String location;
    private final Connection connection;
    private final int timeout;
    private final boolean zoneOfSession;
    private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);

    /** The text of the column {@code thumbprint} of each entry that has it. */
    private final Map<CertificateDigest, String> keys = new HashMap<>();

    private final Set<CertificateDigest> withoutKey = new HashSet<>();

    /** An entry that does not fit into its row. Some databases cannot continue the transaction. */
    static final class TooLongException extends SQLException {
        private static final long serialVersionUID = 1L;

        TooLongException(String name, SQLException cause) {
            super(
                    SafeText.quoted(name)
                            + " has roles, a label or a reason that the table has no room for; expected fewer or"
                            + " shorter ones, or wider columns",
                    cause.getSQLState(),
                    cause);
        }
    }

    SqlSession(String location, Connection connection, int timeoutSeconds) throws SQLException {
        this.location = location;
        this.connection = connection;
        this.timeout = timeoutSeconds;
        String product = connection.getMetaData().getDatabaseProductName();
        this.zoneOfSession = product.contains("MariaDB") || product.contains("MySQL");
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(timeout);
        return statement;
    }

    /** Undoes everything, and gives the locks back. */
    void rollback() throws SQLException {
        connection.rollback();
    }

    /** Returns the number of the last change. With a lock, other writers wait until the end of this transaction. */
    long version(boolean lock) throws SQLException, StoreException {
        try (PreparedStatement statement =
                        statement("SELECT version FROM thumbkeeper_change" + (lock ? " FOR UPDATE" : ""));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new StoreException(
                        location, "has no row in thumbkeeper_change; expected the one that the DDL inserts", null);
            }
            return row.getLong(1);
        }
    }

    /** Reads the entries. With a lock, a program that changes one of these rows waits until the end of this transaction. */
    List<ListedEntry> entries(boolean lock) throws SQLException, StoreException {
        keys.clear();
        withoutKey.clear();
        List<ListedEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = statement("SELECT label, thumbprint, certificate, roles, valid_from,"
                        + " valid_until, enabled, denied FROM thumbkeeper_client ORDER BY thumbprint"
                        + (lock ? " FOR UPDATE" : ""));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                entries.add(entry(row, entries.size() + 1));
            }
        }
        return entries;
    }

    /** Reads a row by the rules that a gate has for rows. */
    private ListedEntry entry(ResultSet row, int number) throws SQLException, StoreException {
        String thumbprint = row.getString("thumbprint");
        byte[] bytes = row.getBytes("certificate");
        String roles = row.getString("roles");
        RowEntries reading = new RowEntries(location, Instant.EPOCH, false);
        reading.add(
                () -> "row " + number,
                thumbprint,
                bytes,
                new EntryData(
                        row.getString("label"),
                        roles == null || EntryText.withoutBlanks(roles).isEmpty() ? List.of() : List.of(roles),
                        instant(row, "valid_from"),
                        instant(row, "valid_until"),
                        !row.getBoolean("enabled")));
        Loaded<EntryTable> loaded = reading.toLoaded("");
        Entry entry = loaded.value().stream().findFirst().orElseThrow();
        boolean isNew = thumbprint == null
                ? withoutKey.add(entry.digest()) && !keys.containsKey(entry.digest())
                : keys.putIfAbsent(entry.digest(), thumbprint) == null && !withoutKey.contains(entry.digest());
        if (!isNew) {
            throw new StoreException(location, "lists [" + entry.digest() + "] in two rows; expected one", null);
        }
        String reason = row.getString("denied");
        EntryState state = entry.disabled()
                ? reason == null ? EntryState.DISABLED : new EntryState.Denied(reason)
                : EntryState.ENABLED;
        return ListedEntry.of(entry, state, bytes == null ? null : certificate(bytes));
    }

    private X509Certificate certificate(byte[] bytes) throws StoreException {
        try {
            return CertificateReader.readOne(bytes);
        } catch (CertificateFormatException e) {
            throw new StoreException(location, "has a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private @Nullable Instant instant(ResultSet row, String column) throws SQLException, StoreException {
        Timestamp time = row.getTimestamp(column, utc);
        if (time == null && row.getString(column) != null) {
            throw new StoreException(location, "has a row whose [" + column + "] is not a valid date", null);
        }
        return time == null ? null : time.toInstant();
    }

    /** Returns why the rows cannot be changed in this way. */
    List<String> problems(List<EntryPlanner.Planned> changes) {
        List<String> problems = new ArrayList<>();
        for (EntryPlanner.Planned change : changes) {
            for (EntryStep step : change.steps()) {
                if (withoutKey.contains(step.digest())) {
                    problems.add("[" + step.digest()
                            + "] is in a row without a thumbprint; expected one in the column thumbprint");
                }
            }
        }
        return problems;
    }

    /** Writes the steps of the changes, their records and the new number of the last change. */
    void write(List<HistoryRecord> records, WritePoint point) throws SQLException {
        for (HistoryRecord record : records) {
            for (EntryStep step : record.steps()) {
                try {
                    write(step);
                } catch (SQLException e) {
                    throw TOO_LONG.equals(e.getSQLState()) ? new TooLongException(step.name(), e) : e;
                }
                point.reached("row " + step.digest());
            }
            insert(record);
            point.reached("record " + record.number());
        }
        long last = records.get(records.size() - 1).number();
        try (PreparedStatement statement = statement("UPDATE thumbkeeper_change SET version = ?")) {
            statement.setLong(1, last);
            requireOne(statement.executeUpdate());
        }
        point.reached("version");
    }

    private void write(EntryStep step) throws SQLException {
        CertificateDigest digest = step.digest();
        String key = keys.getOrDefault(digest, digest.toString());
        ListedEntry after = step.later().orElse(null);
        if (after == null) {
            try (PreparedStatement statement = statement("DELETE FROM thumbkeeper_client WHERE thumbprint = ?")) {
                statement.setString(1, key);
                requireOne(statement.executeUpdate());
            }
            keys.remove(digest);
            return;
        }
        boolean isNew = step.earlier().isEmpty();
        String sql = isNew
                ? "INSERT INTO thumbkeeper_client (label, certificate, roles, valid_from, valid_until, enabled, denied,"
                        + " thumbprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                : "UPDATE thumbkeeper_client SET label = ?, certificate = ?, roles = ?, valid_from = ?, valid_until = ?,"
                        + " enabled = ?, denied = ? WHERE thumbprint = ?";
        try (PreparedStatement statement = statement(sql)) {
            statement.setString(1, after.label());
            statement.setBytes(2, encoded(after.certificate()));
            statement.setString(3, after.roles().isEmpty() ? null : String.join(",", after.sortedRoles()));
            set(statement, 4, after.from());
            set(statement, 5, after.until());
            statement.setBoolean(6, after.state() instanceof EntryState.Enabled);
            statement.setString(7, after.state() instanceof EntryState.Denied denied ? denied.reason() : null);
            statement.setString(8, key);
            requireOne(statement.executeUpdate());
        }
        keys.put(digest, key);
    }

    private static byte @Nullable [] encoded(@Nullable X509Certificate certificate) {
        try {
            return certificate == null ? null : certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
        }
    }

    /** Sets a time. MariaDB takes a text without a zone as it is, which the column has in UTC. */
    private void set(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (zoneOfSession) {
            statement.setString(index, time == null ? null : DATETIME.format(time));
        } else if (time == null) {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(index, time.atOffset(ZoneOffset.UTC));
        }
    }

    /** Requires that a statement has changed one row. All rows are locked, so anything else is a fault. */
    private static void requireOne(int count) throws SQLException {
        if (count != 1) {
            // The class of serialization failures: the whole transaction is repeated.
            throw new SQLException(null, "40001");
        }
    }

    private void insert(HistoryRecord record) throws SQLException {
        try (PreparedStatement statement = statement(
                "INSERT INTO thumbkeeper_history (version, changed, actor, kind, steps) VALUES (?, ?, ?, ?, ?)")) {
            statement.setLong(1, record.number());
            set(statement, 2, record.at());
            statement.setString(3, record.actor());
            statement.setString(4, record.kind().name());
            statement.setString(5, HistoryCodec.steps(record.steps()));
            statement.executeUpdate();
        }
    }

    /** Returns a change, if the history has it. */
    Optional<HistoryRecord> find(long number) throws SQLException {
        return history(number == Long.MAX_VALUE ? number : number + 1, 1).stream()
                .filter(record -> record.number() == number)
                .findFirst();
    }

    /** Reads changes with smaller numbers, the newest first. */
    List<HistoryRecord> history(long before, int count) throws SQLException {
        List<HistoryRecord> records = new ArrayList<>();
        try (PreparedStatement statement = statement("SELECT version, changed, actor, kind, steps FROM"
                + " thumbkeeper_history WHERE version < ? ORDER BY version DESC")) {
            statement.setMaxRows(count);
            statement.setLong(1, before);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next() && records.size() < count) {
                    records.add(record(row));
                }
            }
        }
        return records;
    }

    private HistoryRecord record(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp(2, utc);
        return HistoryCodec.record(
                row.getLong(1),
                at == null ? Instant.EPOCH : at.toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }
}
