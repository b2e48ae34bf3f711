/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.store.sql.SqlStore;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.SqlEntryWriter;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

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

    @Override
    void addByHand(CertificateDigest digest, String label) throws Exception {
        database().run("INSERT INTO thumbkeeper_client (thumbprint, label) VALUES ('" + digest + "', '" + label + "')");
    }
}
