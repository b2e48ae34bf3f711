/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.store.sql.SqlStore;
import io.github.thumbkeeper.store.write.ChangeKind;
import io.github.thumbkeeper.store.write.EntryChange;
import io.github.thumbkeeper.store.write.EntryVersion;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.HistoryRecord;
import io.github.thumbkeeper.store.write.SqlEntryWriter;
import io.github.thumbkeeper.store.write.WriteResult;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Contract of a writer for every database. */
abstract class SqlWriterContract extends EntryWriterContract {

    private static final String LOCATION = "jndi:jdbc/clients";

    /** Returns the database, whose tables are there. */
    abstract TestDatabase database();

    @BeforeEach
    void empty() throws SQLException {
        database()
                .run(
                        "DELETE FROM thumbkeeper_client",
                        "DELETE FROM thumbkeeper_history",
                        "UPDATE thumbkeeper_change SET version = 0");
    }

    @Override
    EntryWriter open() {
        try {
            return SqlEntryWriter.open(LOCATION, database().source(), CLOCK);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Loader<EntryTable> gate() {
        SqlStore store = new SqlStore(LOCATION, SqlOptions.DEFAULTS, false, CLOCK);
        return new Loader<>() {
            @Override
            public String location() {
                return LOCATION;
            }

            @Override
            public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
                return store.load(database().source(), previous);
            }
        };
    }

    @Test
    @DisplayName("a label with double quotes, which no list can hold, is changed, kept in the history and restored")
    void writesHistoryOfLabelWithQuotes() throws Exception {
        CertificateDigest digest = Thumbprint.ofEncoded(new byte[] {1}, DigestAlgorithm.SHA256);
        addByHand(digest, "Bob \"the builder\"");
        EntryWriter writer = open();

        assertThat(writer.apply(writer.read().version(), "carol", List.of(new EntryChange.Disable(digest))))
                .isInstanceOf(WriteResult.Applied.class);
        assertThat(writer.apply(writer.read().version(), "carol", List.of(new EntryChange.Remove(digest))))
                .isInstanceOf(WriteResult.Applied.class);

        assertThat(open().history(Long.MAX_VALUE, 10).records())
                .extracting(record -> record.steps().get(0).name())
                .containsExactly("Bob \"the builder\"", "Bob \"the builder\"");
        assertThat(writer.apply(
                        writer.read().version(),
                        "carol",
                        List.of(new EntryChange.Restore(2), new EntryChange.Restore(1))))
                .isInstanceOf(WriteResult.Applied.class);
        assertThat(gate().load(null).value().stream()).containsExactly(Entry.of(digest, "Bob \"the builder\""));
    }

    @Test
    @DisplayName("a damaged row of the history is shown as damaged among the others, and cannot be restored")
    void showsDamagedRow() throws Exception {
        EntryWriter writer = open();
        CertificateDigest digest = Thumbprint.ofEncoded(new byte[] {1}, DigestAlgorithm.SHA256);
        EntryVersion version = writer.read().version();
        assertThat(writer.apply(version, "carol", List.of(new EntryChange.Add(digest, "a"))))
                .isInstanceOf(WriteResult.Applied.class);
        assertThat(writer.apply(writer.read().version(), "carol", List.of(new EntryChange.Disable(digest))))
                .isInstanceOf(WriteResult.Applied.class);
        database().run("UPDATE thumbkeeper_history SET steps = 'nonsense' WHERE version = 2");

        EntryWriter again = open();

        assertThat(again.history(Long.MAX_VALUE, 10).records())
                .extracting(HistoryRecord::number, HistoryRecord::kind)
                .containsExactly(tuple(2L, ChangeKind.DAMAGED), tuple(1L, ChangeKind.ADD));
        assertThat(again.apply(again.read().version(), "carol", List.of(new EntryChange.Restore(2))))
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.problems().get(0)).contains("is damaged in the history"));
    }

    @Test
    @DisplayName("an entry that does not fit into its row is refused with its name, and nothing is changed")
    void refusesRolesThatTheColumnCannotHold() throws Exception {
        EntryWriter writer = open();
        CertificateDigest digest = Thumbprint.ofEncoded(new byte[] {1}, DigestAlgorithm.SHA256);
        Set<String> roles = IntStream.range(0, 1000).mapToObj(i -> "role" + i).collect(Collectors.toSet());

        WriteResult result = writer.apply(
                writer.read().version(),
                "carol",
                List.of(new EntryChange.Add(digest, "a"), new EntryChange.SetAttributes(digest, roles, null, null)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .startsWith("[a] has roles, a label or a reason that the table has no room for"));
        assertThat(writer.read().entries()).isEmpty();
        assertThat(writer.history(Long.MAX_VALUE, 1).records()).isEmpty();
    }

    @Override
    void addByHand(CertificateDigest digest, String label) throws Exception {
        database().run("INSERT INTO thumbkeeper_client (thumbprint, label) VALUES ('" + digest + "', '" + label + "')");
    }
}
