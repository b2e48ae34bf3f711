/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every database. */
abstract class SqlStoreContract {

    private static final String NAME = "java:comp/env/jdbc/clients";
    private static final String A = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String B = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    final WatchedSource source = new WatchedSource(database().source());
    private final TimeZone zone = TimeZone.getDefault();
    private SqlOptions options = SqlOptions.DEFAULTS;
    private Object bound = source;

    /** Returns the database, whose table is there. */
    abstract TestDatabase database();

    @BeforeEach
    void empty() throws SQLException {
        database().run("DELETE FROM thumbkeeper_client");
    }

    @AfterEach
    void givesEveryConnectionBack() {
        TimeZone.setDefault(zone);
        assertThat(source.open())
                .as("connections that were not given back (row 87)")
                .isZero();
    }

    @Test
    void readsEverythingThatARowMayHold() throws Exception {
        String sql = "INSERT INTO thumbkeeper_client"
                + " (thumbprint, certificate, label, roles, valid_from, valid_until, enabled)"
                + " VALUES (?, ?, ?, ?, " + instant("2026-01-01 00:00:00") + ", " + instant("2027-01-01 12:00:00.5")
                + ", ?)";
        database().runWith(sql, A, null, "Alice O'Hara", "orders, admin", true);
        insert("sha256:" + B.toUpperCase(Locale.ROOT), "bob");
        insert("sha256/" + BOB.pin(), null);
        insert(ALICE.sha1(), "");
        insertCertificate(null, ALICE.der(), "alice");
        insertCertificate(BOB.sha512(), BOB.pem().getBytes(StandardCharsets.US_ASCII), "bob");
        database().runWith("UPDATE thumbkeeper_client SET enabled = ? WHERE label = ?", false, "alice");

        Loaded<EntryTable> contents = store().load(null);

        assertThat(contents.value())
                .extracting(Entry::label, entry -> entry.digest().toString())
                .containsExactlyInAnyOrder(
                        tuple("Alice O'Hara", "sha256:" + A),
                        tuple("bob", "sha256:" + B),
                        tuple(null, "sha256/" + BOB.pin()),
                        tuple(null, "sha1:" + ALICE.sha1()),
                        tuple("alice", "sha256:" + ALICE.sha256()),
                        tuple("bob", "sha512:" + BOB.sha512()));
        assertThat(entry(contents, "Alice O'Hara").roles()).isEqualTo(Set.of("orders", "admin"));
        assertThat(entry(contents, "Alice O'Hara").from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(entry(contents, "Alice O'Hara").until()).isEqualTo(Instant.parse("2027-01-01T12:00:00.500Z"));
        assertThat(entry(contents, "alice").disabled()).isTrue();
        assertThat(entry(contents, "bob").disabled()).isFalse();
    }

    @ParameterizedTest(name = "default time zone {0}")
    @DisplayName("timestamps are in UTC or in a zone of their own, never in that of this machine (row 89)")
    @ValueSource(strings = {"UTC", "Asia/Tokyo", "America/New_York"})
    void readsTimesInUtc(String here) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(here));
        options = SqlOptions.ofQuery("SELECT '" + A + "' AS thumbprint,"
                + " CAST('2026-03-29 02:30:00.123456' AS " + timestamp() + ") AS valid_from,"
                + " CAST('2026-11-01 01:30:00' AS " + timestamp() + ") AS valid_until");

        assertThat(store().load(null).value())
                .extracting(Entry::from, Entry::until)
                .containsExactly(
                        tuple(Instant.parse("2026-03-29T02:30:00.123456Z"), Instant.parse("2026-11-01T01:30:00Z")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a bad row fails the whole reading and is named (row 80)")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "NULL AS thumbprint | has neither thumbprint nor certificate",
                "'' AS thumbprint | is empty",
                "'none' AS thumbprint | a text of 4 characters (not shown, it may be a password) is not a thumbprint",
                "'" + A
                        + "' AS thumbprint, 2 AS enabled | [enabled] has a value (not shown) other than a boolean, 0 and 1",
                "'" + A + "' AS thumbprint, -1 AS enabled | [enabled] has a value (not shown)",
                "'" + A + "' AS thumbprint, 'a,,b' AS roles | [roles] holds an empty name",
                "'x' AS certificate | [certificate] holds no certificate"
            })
    void refusesBadRow(String columns, String why) {
        options = SqlOptions.ofQuery("SELECT " + columns.replace("NULL", "CAST(NULL AS CHAR(64))"));

        assertThat(refusal()).contains("store [" + NAME + "] ", "row 1", why);
    }

    @Test
    @DisplayName("bytes that are no certificate are refused with the name of their owner (row 80)")
    void refusesBytesThatAreNoCertificate() throws Exception {
        insert(A, "good");
        insertCertificate(null, Arrays.copyOf(ALICE.der(), 100), "alice");

        assertThat(refusal()).contains("[alice]: [certificate] is cut off: it has 100 of ");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the columns of an own query are those that are known, each once and of its type")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'x' AS label | there is neither a column thumbprint nor a column certificate",
                "'x' AS thumbprint, 'y' AS valid_untill | the column [valid_untill] is unknown",
                "'x' AS thumbprint, 'y' AS thumbprint | the column thumbprint occurs twice",
                "1 AS thumbprint | the column thumbprint has the type",
                "'x' AS thumbprint, 'yes' AS enabled | the column enabled has the type",
                "'x' AS thumbprint, '2026-01-01' AS valid_until | instead of a timestamp",
                "'x' AS thumbprint, CAST('2026-01-01' AS DATE) AS valid_until | instead of a timestamp"
            })
    void refusesColumns(String columns, String why) {
        options = SqlOptions.ofQuery("SELECT " + columns);

        assertThat(refusal())
                .containsIgnoringCase(why)
                .contains("expected the columns label, thumbprint, certificate, roles");
    }

    @Test
    @DisplayName(
            "a column or table that is missing is named by the SQL state, and may be mended in the database (row 83)")
    void tellsWhatIsMissing() {
        for (SqlOptions missing : List.of(
                SqlOptions.ofQuery("SELECT thumbprnt AS thumbprint FROM thumbkeeper_client"),
                SqlOptions.ofTable("nothing_of_the_kind"),
                SqlOptions.ofTable("nothing_of_the_kind").changesBy(null))) {
            options = missing;
            StoreException problem = catchThrowableOfType(StoreException.class, () -> store().load(null));
            assertThat(problem)
                    .hasMessageContaining(" [SQL state 42")
                    .hasMessageContaining("a table or a column is missing");
            assertThat(problem.isMisconfigured()).isFalse();
        }
    }

    @Test
    @DisplayName("the padding of a column of fixed length is not part of its value (row 85)")
    void trimsColumnsOfFixedLength() throws Exception {
        options = SqlOptions.ofQuery("SELECT CAST('" + A + "' AS CHAR(100)) AS thumbprint,"
                + " CAST('alice' AS CHAR(20)) AS label, CAST('a,b' AS CHAR(20)) AS roles");

        assertThat(store().load(null).value())
                .extracting(Entry::label, Entry::roles)
                .containsExactly(tuple("alice", Set.of("a", "b")));
    }

    @Test
    @DisplayName("no row is what the database lists, read completely (row 82)")
    void obeysAnEmptyTable() throws Exception {
        insert(A, "alice");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        database().run("DELETE FROM thumbkeeper_client");

        assertThat(first.value()).hasSize(1);
        assertThat(store.load(first).value()).isEmpty();
    }

    @Test
    @DisplayName("an error half way through leaves nothing of the half that was read (row 81)")
    void keepsTheListWhenRowsBreakOff() throws Exception {
        insert(A, "alice");
        options = SqlOptions.ofQuery("SELECT thumbprint FROM thumbkeeper_client");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        source.afterRow(query -> {
            throw new SQLException("the wire is cut");
        });

        assertThatThrownBy(() -> store.load(first))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("while asked for its rows: java.sql.SQLException")
                .hasMessageNotContaining("wire");
        source.afterRow(query -> {});
        assertThat(store.load(first)).isSameAs(first);
    }

    @Test
    @DisplayName("an error of the database itself, thousands of rows down, fails the reading (row 81)")
    void failsWithTheRowThatFails() {
        options = SqlOptions.ofQuery("SELECT CONCAT('" + A.substring(0, 60) + "', 1000 + n) AS thumbprint,"
                + " CASE WHEN n = 2500 THEN " + failing("n") + " ELSE 1 END AS enabled FROM ("
                + database().numbers(3000) + ") numbers");

        assertThat(refusal()).contains("fails while asked for its rows");
    }

    abstract String failing(String number);

    /** Returns this moment in UTC as the database writes it. */
    abstract String instant(String text);

    /** Returns the type of a timestamp without zone, with microseconds. */
    String timestamp() {
        return "TIMESTAMP(6)";
    }

    @Test
    @DisplayName("a query that takes too long is given up (row 78)")
    void givesUpSlowQuery() throws Exception {
        insert(A, "alice");
        options = SqlOptions.ofQuery(slowQuery()).within(Duration.ofSeconds(1));
        long start = System.nanoTime();

        assertThat(refusal()).contains("it took longer than sqlTimeout=1s allows");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    abstract String slowQuery();

    @Test
    @DisplayName("rows that come too slowly are given up")
    void givesUpSlowRows() throws Exception {
        insert(A, "alice");
        insert(B, "bob");
        options = SqlOptions.DEFAULTS.within(Duration.ofSeconds(1));
        source.afterRow(query -> {
            long end = System.nanoTime() + Duration.ofMillis(600).toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });

        assertThat(refusal()).contains("it took longer than sqlTimeout=1s allows");
    }

    @Test
    @DisplayName("an unchanged table costs one query for one row, and nothing of it is read")
    void readsNothingWhileNothingChanges() throws Exception {
        assumeTrue(database().countsChanges());
        insert(A, "alice");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        assertThat(source.queries()).containsExactly(options.changes(), options.rows());

        assertThat(store.load(first)).isSameAs(first);
        assertThat(source.queries()).containsExactly(options.changes());
    }

    @ParameterizedTest
    @DisplayName("every change is seen at the next load")
    @ValueSource(
            strings = {
                "INSERT INTO thumbkeeper_client (thumbprint) VALUES ('" + B + "')",
                "UPDATE thumbkeeper_client SET label = 'alicia'",
                "UPDATE thumbkeeper_client SET enabled = FALSE",
                "UPDATE thumbkeeper_client SET valid_until = TIMESTAMP '2000-01-01 00:00:00'",
                "DELETE FROM thumbkeeper_client",
                "TRUNCATE TABLE thumbkeeper_client"
            })
    void seesEveryChange(String change) throws Exception {
        insert(A, "alice");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        database().run(change);

        Loaded<EntryTable> second = store.load(first);
        assertThat(second).isNotSameAs(first);
        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(store.load(second)).isSameAs(second);
    }

    @Test
    @DisplayName("one entry in place of another, at the same moment and with the same number of rows")
    void seesAnExchange() throws Exception {
        insert(A, "alice");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        transaction(
                "DELETE FROM thumbkeeper_client",
                "INSERT INTO thumbkeeper_client (thumbprint, label) VALUES ('" + B + "', 'alice')");

        assertDigests(store.load(first), B);
    }

    @Test
    @DisplayName("an open transaction is not seen; it is seen after its end, regardless of changes in between")
    void seesTransactionsWhenTheyEnd() throws Exception {
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        try (Connection writer = database().source().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO thumbkeeper_client (thumbprint) VALUES ('" + A + "')");
            Loaded<EntryTable> during = store.load(first);
            assertThat(during.value()).isEmpty();
            writer.commit();

            Loaded<EntryTable> after = store.load(during);
            assertDigests(after, A);
            statement.execute("DELETE FROM thumbkeeper_client");
            writer.rollback();
            assertThat(store.load(after).value()).isEqualTo(after.value());
        }
    }

    @Test
    @DisplayName(
            "a change while the rows are read: the rows are those of one moment, and the change is seen at the next load")
    void seesChangeDuringTheReading() throws Exception {
        insert(A, "alice");
        insert(B, "bob");
        Loader<EntryTable> store = store();
        source.afterQuery(query -> {
            if (query.equals(options.changes())) {
                transaction(
                        "DELETE FROM thumbkeeper_client WHERE label = 'alice'",
                        "INSERT INTO thumbkeeper_client (thumbprint) VALUES ('" + ALICE.sha256() + "')");
            }
        });
        Loaded<EntryTable> first = store.load(null);
        source.afterQuery(query -> {});

        assertDigests(first, A, B);
        assertDigests(store.load(first), B, ALICE.sha256());
    }

    @Test
    @DisplayName("a change between the rows and the end of the load is seen at the next load, with any isolation")
    void asksForChangesBeforeTheRows() throws Exception {
        insert(A, "alice");
        source.weaken();
        Loader<EntryTable> store = store();
        source.afterQuery(query -> {
            if (query.equals(options.rows())) {
                insert(B, "bob");
            }
        });
        Loaded<EntryTable> first = store.load(null);
        source.afterQuery(query -> {});

        assertDigests(first, A);
        assertDigests(store.load(first), A, B);
    }

    @Test
    @DisplayName("rows are handed out as they come: 200 MB of them are never in memory (row 88)")
    void holdsFewRowsAtATime() throws Exception {
        assumeTrue(database().handsOutRowsAsTheyCome());
        int count = 100_000;
        options = SqlOptions.ofQuery("SELECT CONCAT('" + A.substring(0, 58) + "', 100000 + n) AS thumbprint,"
                        + " REPEAT('x', 2000) AS label FROM (" + database().numbers(count) + ") numbers")
                .within(Duration.ofMinutes(1));
        AtomicLong most = new AtomicLong();
        AtomicInteger rows = new AtomicInteger();
        source.afterRow(query -> {
            if (rows.incrementAndGet() % 25_000 == 1) {
                most.accumulateAndGet(used(), Math::max);
            }
        });
        long before = used();

        assertThat(store().load(null).value().size()).isEqualTo(count);
        assertThat(most.get() - before).isLessThan(20_000_000);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    @DisplayName("a query for changes that misses a change hides it for at most a hundred loads")
    void readsEverythingNowAndThen() throws Exception {
        options = SqlOptions.DEFAULTS.changesBy("SELECT 1 AS one, NULL AS nothing");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> contents = store.load(null);
        insert(A, "alice");
        for (int load = 1; load < 100; load++) {
            assertThat(store.load(contents)).as("load %s", load).isSameAs(contents);
        }

        assertDigests(store.load(contents), A);
    }

    @ParameterizedTest
    @DisplayName("the query for changes returns exactly one row")
    @ValueSource(ints = {0, 2})
    void refusesOtherThanOneRowForChanges(int rows) {
        options = SqlOptions.DEFAULTS.changesBy(
                "SELECT n FROM (" + database().numbers(2) + ") numbers WHERE n <= " + rows);

        assertThat(refusal())
                .contains(rows == 0 ? "no row" : "more than one row")
                .contains("(sqlChangeQuery); expected exactly one row");
    }

    @Test
    @DisplayName("a missing row of changes is an error")
    void refusesWithoutMarker() throws Exception {
        assumeTrue(database().countsChanges());
        insert(A, "alice");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        database().run("DELETE FROM thumbkeeper_client_change");
        try {
            assertThatThrownBy(() -> store.load(first)).hasMessageContaining("no row");
        } finally {
            database().run("INSERT INTO thumbkeeper_client_change (version, changed) VALUES (1, CURRENT_TIMESTAMP)");
        }
    }

    @Test
    @DisplayName("another database under the same name is read, even if its row of changes is equal")
    void readsAnotherDatabase() throws Exception {
        options = SqlOptions.DEFAULTS.changesBy("SELECT 1");
        Loader<EntryTable> store = store();
        Loaded<EntryTable> first = store.load(null);
        insert(A, "alice");

        assertThat(store.load(first)).isSameAs(first);
        bound = new WatchedSource(database().source());
        assertDigests(store.load(first), A);
    }

    @Test
    @DisplayName(
            "two rows for one certificate: with other data nothing is taken, with the same it counts once (row 86)")
    void refusesOneCertificateForTwo() throws Exception {
        insert(A, "alice");
        insert("sha256:" + A, "bob");
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> stores().open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("as [alice] and as [bob]");
            database().run("UPDATE thumbkeeper_client SET label = 'alice'");

            assertThat(stores().open()).isNotNull();
            assertThat(log.lines()).anyMatch(line -> line.contains("more than once; it counts once"));
        }
    }

    @Test
    @DisplayName("a connection goes back as it came, after success and after failure (row 87)")
    void leavesConnectionsAsTheyWere() throws Exception {
        insert(A, "alice");
        for (boolean autoCommit : List.of(true, false)) {
            try (LentConnection lent = new LentConnection(database().source())) {
                lent.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                lent.connection().setAutoCommit(autoCommit);
                bound = lent;
                store().load(null);
                lent.assertAsItWas(autoCommit);
                options = SqlOptions.ofQuery("SELECT nothing FROM nowhere");
                assertThat(refusal()).contains("[SQL state 42");
                lent.assertAsItWas(autoCommit);
                options = SqlOptions.DEFAULTS;
                assertThat(store().load(null).value()).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("a query that writes changes nothing")
    void writesNothing() throws Exception {
        options = SqlOptions.ofQuery(writingQuery());
        try {
            store().load(null);
            assertThat(database().refusesToWrite()).isFalse();
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("[SQL state 25006]");
        }
        options = SqlOptions.DEFAULTS;

        assertThat(store().load(null).value()).isEmpty();
    }

    String writingQuery() {
        return "INSERT INTO thumbkeeper_client (thumbprint) VALUES ('" + A + "') RETURNING thumbprint";
    }

    @Test
    @DisplayName("a table of another name, in a schema, with its own count of changes (row 84)")
    void readsAnotherTable() throws Exception {
        database().run("CREATE SCHEMA gate");
        try {
            database().run("CREATE TABLE gate.clients AS SELECT * FROM thumbkeeper_client WHERE 1 = 0");
            database().run("CREATE TABLE gate.clients_change AS SELECT 1 AS version");
            database().run("INSERT INTO gate.clients (thumbprint, enabled) VALUES ('" + A + "', TRUE)");
            options = SqlOptions.ofTable("gate.clients");

            assertDigests(store().load(null), A);
        } finally {
            database().run("DROP TABLE gate.clients", "DROP TABLE gate.clients_change", "DROP SCHEMA gate");
        }
    }

    final void insert(@Nullable String thumbprint, @Nullable String label) throws SQLException {
        database().runWith("INSERT INTO thumbkeeper_client (thumbprint, label) VALUES (?, ?)", thumbprint, label);
    }

    final void insertCertificate(@Nullable String thumbprint, byte[] certificate, String label) throws SQLException {
        database()
                .runWith(
                        "INSERT INTO thumbkeeper_client (thumbprint, certificate, label) VALUES (?, ?, ?)",
                        thumbprint,
                        certificate,
                        label);
    }

    final void transaction(String... statements) throws SQLException {
        try (Connection writer = database().source().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            for (String each : statements) {
                statement.execute(each);
            }
            writer.commit();
        }
    }

    final void use(SqlOptions other) {
        options = other;
    }

    final String refusal() {
        StoreException problem = catchThrowableOfType(StoreException.class, () -> store().load(null));
        assertThat(problem).as("these rows were taken").isNotNull();
        assertThat(problem.getCause())
                .satisfiesAnyOf(
                        cause -> assertThat(cause).isNull(),
                        cause -> assertThat(cause).isInstanceOf(LoggableFailure.class));
        return String.valueOf(problem.getMessage());
    }

    final Loader<EntryTable> store() {
        StoreOptions all =
                new StoreOptions(StorePassword.of("storePassword", null), false, options, LdapOptions.DEFAULTS);
        FakeResources resources = new FakeResources();
        resources.bindEach(NAME, () -> bound);
        try {
            return new Locations(resources, all, InstantSource.fixed(NOW)).open(NAME);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    final Stores stores() {
        return new Stores(
                List.of(StoreConfig.admitting(store())),
                new IdentityMapper(PrincipalSource.LABEL, Set.of()),
                ReloadPolicy.STRICT,
                InstantSource.fixed(NOW),
                System::nanoTime);
    }

    private static Entry entry(Loaded<EntryTable> contents, String label) {
        return contents.value().stream()
                .filter(entry -> label.equals(entry.label()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertDigests(Loaded<EntryTable> contents, String... sha256) {
        assertThat(contents.value())
                .extracting(entry -> entry.digest().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(sha256).map(hex -> "sha256:" + hex).toList());
    }
}
