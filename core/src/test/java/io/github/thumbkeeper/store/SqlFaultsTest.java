/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.location.JndiLoader;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.Slow;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.naming.NamingException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not depend on the kind of database, on H2. */
@Slow
class SqlFaultsTest {

    private static final String NAME = "java:comp/env/jdbc/clients";
    private static final String SECRET = "s3cret";

    private final H2Database database = new H2Database("SqlFaultsTest");
    private final FakeResources resources = new FakeResources();

    @TempDir
    private Path folder;

    @BeforeEach
    void create() throws Exception {
        database.create();
        resources.bind(NAME, database.source());
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    @Test
    @DisplayName("an exhausted pool is a failed reading, and the next one succeeds (row 79)")
    void failsWithoutFreeConnection() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create((JdbcDataSource) database.source());
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        resources.bind(NAME, pool);
        Loader<EntryTable> store = store(SqlOptions.DEFAULTS);
        try (Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            assertThatThrownBy(() -> store.load(null))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is a database that fails while connecting: ");
        }

        assertThat(store.load(null).value()).isEmpty();
        pool.dispose();
    }

    @Test
    @DisplayName("ten thousand readings, good and bad, leave no connection behind (row 87)")
    void leavesNoConnectionBehind() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create((JdbcDataSource) database.source());
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        resources.bind(NAME, pool);
        List<Loader<EntryTable>> bad = Stream.of(
                        SqlOptions.ofQuery("SELECT nothing FROM nowhere"),
                        SqlOptions.ofQuery("SELECT 'x' AS thumbprint"),
                        SqlOptions.ofQuery("SELECT 1 AS one"),
                        SqlOptions.DEFAULTS.changesBy("SELECT nothing FROM nowhere"))
                .map(this::store)
                .toList();
        Loader<EntryTable> good = store(SqlOptions.DEFAULTS);
        Loaded<EntryTable> contents = good.load(null);
        for (int i = 0; i < 10_000; i++) {
            Loader<EntryTable> broken = bad.get(i % bad.size());
            assertThat(good.load(contents)).isSameAs(contents);
            if (i % 10 == 0) {
                assertThatThrownBy(() -> broken.load(null)).isInstanceOf(StoreException.class);
            }
        }

        assertThat(pool.getActiveConnections()).isZero();
        pool.dispose();
    }

    @Test
    @DisplayName("of a row nothing is kept but its place in the table (row 88)")
    void holdsNoRows() throws Exception {
        int count = 200_000;
        SqlOptions many = SqlOptions.ofQuery("SELECT RAWTOHEX(HASH('SHA-256', CAST(x AS VARCHAR))) AS thumbprint"
                        + " FROM SYSTEM_RANGE(1, " + count + ")")
                .within(Duration.ofMinutes(2));
        resources.bind(NAME, new WatchedSource(database.source()));
        Loader<EntryTable> store = store(many);
        Loaded<EntryTable> warm = store.load(null);
        assertThat(warm.value().size()).isEqualTo(count);
        long before = used();
        Loaded<EntryTable> contents = store.load(null);
        long kept = used() - before;

        assertThat(kept).isLessThan(2L * 35 * count);
        assertThat(contents.value()).isEqualTo(warm.value());
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static Stream<BareSource> sourcesThatTalk() {
        String url = "jdbc:h2:file:/nowhere/clients;USER=gate;PASSWORD=" + SECRET;
        return Stream.of(
                () -> {
                    throw new SQLException("no suitable driver for " + url, "08001", 42);
                },
                () -> {
                    throw new SQLException("pool", new IllegalStateException("cannot connect to " + url));
                },
                () -> {
                    throw new IllegalStateException("pool is down: " + SECRET);
                },
                () -> {
                    throw new NoClassDefFoundError(SECRET);
                },
                () -> {
                    throw new SQLException(SECRET, SECRET);
                },
                () -> null);
    }

    @ParameterizedTest
    @DisplayName("what drivers and pools say may hold the password, and stands in no message and in no cause")
    @MethodSource("sourcesThatTalk")
    void tellsNoSecret(BareSource source) {
        resources.bind(NAME, source);

        assertTellsNothing(SqlOptions.DEFAULTS, "is a database that fails while connecting: ");
    }

    @Test
    @DisplayName("H2 itself repeats the URL of a database that is not there")
    void tellsNoUrlOfADatabaseThatIsNotThere() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("none") + ";IFEXISTS=TRUE;PASSWORD=" + SECRET);
        resources.bind(NAME, source);

        assertTellsNothing(SqlOptions.DEFAULTS, "[SQL state 90146] [code 90146]");
    }

    @Test
    @DisplayName("a naming service may fail with the text of a driver too")
    void tellsNothingOfAFailedLookup() {
        NamingException naming = new NamingException("cannot create the resource");
        naming.initCause(new SQLException("no driver for jdbc:h2:file:/nowhere;PASSWORD=" + SECRET));
        JndiLoader<EntryTable> store = JndiLoader.ofEntries(
                NAME,
                NAME,
                name -> {
                    throw naming;
                },
                text -> {
                    throw new StoreException(text, "is no location", null);
                },
                options(SqlOptions.DEFAULTS),
                InstantSource.system());

        assertTellsNothing(store, "cannot look up [" + NAME + "]: javax.naming.NamingException");
    }

    @Test
    @DisplayName("a URL in place of a DataSource is not repeated")
    void tellsNothingOfAUrl() {
        String url = "jdbc:h2:file:/nowhere;PASSWORD=" + SECRET;
        resources.bind(NAME, url);
        assertTellsNothing(store(SqlOptions.DEFAULTS), "finds the URL [jdbc:...] bound; ");
        StoreException problem = catchThrowableOfType(
                StoreException.class, () -> locations(SqlOptions.DEFAULTS).open(url));
        assertThat(everything(problem))
                .contains("store [jdbc:...] is not a supported kind of location")
                .doesNotContain(SECRET);
    }

    @Test
    @DisplayName("a Java runtime without the module java.sql says so, and only where it matters (row 157)")
    void namesAMissingModule() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.naming",
                        "-cp",
                        classPath(JndiLoader.class, WithoutSqlModule.class),
                        WithoutSqlModule.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = java.inputReader().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).containsOnly("0 entries");
        assertThat(lines.get(2))
                .startsWith(
                        "true store [the store] finds a [java.util.concurrent.atomic.AtomicInteger] bound; expected")
                .contains("lacks the module java.sql, which javax.sql.DataSource needs");
    }

    private static String classPath(Class<?>... classes) throws URISyntaxException {
        List<String> places = new ArrayList<>();
        for (Class<?> each : classes) {
            places.add(Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private void assertTellsNothing(SqlOptions options, String expected) {
        assertTellsNothing(store(options), expected);
    }

    private void assertTellsNothing(Loader<EntryTable> store, String expected) {
        StoreException problem = catchThrowableOfType(StoreException.class, () -> store.load(null));
        assertThat(problem).hasMessageContaining(expected);
        assertThat(everything(problem)).doesNotContain(SECRET).doesNotContain("jdbc:h2");
        try (CapturedLog log = new CapturedLog()) {
            Stores stores = new Stores(
                    List.of(StoreConfig.admitting(store)),
                    new IdentityMapper(PrincipalSource.LABEL, Set.of()),
                    new ReloadPolicy(true, true, 100, null),
                    InstantSource.system(),
                    System::nanoTime);
            Throwable start = catchThrowable(stores::open);
            assertThat(start == null ? "" : everything(start)).doesNotContain(SECRET);
            stores.refresh();
            assertThat(log.text()).contains("TK-301 ").doesNotContain(SECRET).doesNotContain("jdbc:h2");
        }
    }

    private static String everything(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private Loader<EntryTable> store(SqlOptions sql) {
        try {
            return locations(sql).open(NAME);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private Locations locations(SqlOptions sql) {
        return new Locations(resources, options(sql), InstantSource.fixed(Instant.EPOCH));
    }

    private static StoreOptions options(SqlOptions sql) {
        return new StoreOptions(StorePassword.of("storePassword", null), false, sql, LdapOptions.DEFAULTS);
    }
}
