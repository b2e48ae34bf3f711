/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings for databases, from their text to a request. */
class SqlSettingsTest {

    private static final String NAME = "java:comp/env/jdbc/clients";
    private static final TestCertificate ALICE = SettingsTest.ALICE;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void bind() {
        source.setURL("jdbc:h2:mem:SqlSettingsTest;DB_CLOSE_DELAY=-1");
        resources.bind(NAME, source);
    }

    @AfterEach
    void stop() throws SQLException {
        log.close();
        run("SHUTDOWN");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("a table that is not a plain name never becomes part of a query (row 84)")
    @ValueSource(
            strings = {
                "clients; DROP TABLE clients",
                "clients c",
                "(SELECT 1)",
                "\"clients\"",
                "`clients`",
                "clients--",
                "a.b.c.d",
                ".clients",
                "clients.",
                "1clients",
                "cl\u0131ents",
                "client\u00E4"
            })
    void refusesTable(String table) {
        assertThat(problems(Map.of("store", NAME, "sqlTable", table)))
                .singleElement()
                .asString()
                .startsWith("TK-203 sqlTable: [")
                .contains("expected the name of a table");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0s, 'from 1s to 1h'", "61m, from 1s to 1h", "10, 'such as 30s or 10m, from 1s to 1h'"})
    void refusesTimeout(String timeout, String told) {
        assertThat(problems(Map.of("store", NAME, "sqlTimeout", timeout)))
                .singleElement()
                .asString()
                .startsWith("TK-203 sqlTimeout: [" + timeout + "]")
                .contains(told);
    }

    @Test
    void refusesBothTableAndQuery() {
        assertThat(problems(Map.of("store", NAME, "sqlTable", "clients", "sqlQuery", "SELECT 1")))
                .containsExactly("TK-204 sqlQuery: is set in addition to [sqlTable]; expected one of the two");
    }

    @ParameterizedTest
    @CsvSource({"sqlTable, clients", "sqlQuery, SELECT 1", "sqlChangeQuery, none", "sqlTimeout, 5s"})
    void belongsToAStore(String setting, String value) {
        assertThat(problems(Map.of("thumbprints", ALICE.sha256(), setting, value)))
                .singleElement()
                .asString()
                .matches("TK-204 " + setting + ": belongs to \\[store](?: or \\[\\w+])*, which is not set");
    }

    @Test
    void readsTheConfiguredTable() throws SQLException {
        run("CREATE TABLE clients (label VARCHAR, thumbprint VARCHAR, certificate VARBINARY, roles VARCHAR,"
                + " valid_from TIMESTAMP, valid_until TIMESTAMP, enabled BOOLEAN DEFAULT TRUE)");
        run("INSERT INTO clients (label, thumbprint) VALUES ('alice', '" + ALICE.sha256() + "')");

        assertAdmitted(Map.of("sqlTable", "clients", "sqlChangeQuery", "none"));
        run("CREATE VIEW clients_change AS SELECT RANDOM_UUID() AS version");
        assertAdmitted(Map.of("sqlTable", "clients", "sqlTimeout", "5s"));
    }

    @Test
    void readsTheConfiguredQuery() {
        String query = "SELECT '" + ALICE.sha256() + "' AS thumbprint, 'alice' AS label";

        assertAdmitted(Map.of("sqlQuery", query));
        assertAdmitted(Map.of("sqlQuery", query, "sqlChangeQuery", "SELECT 1"));
        assertAdmitted(Map.of("sqlQuery", query, "sqlChangeQuery", "none"));
    }

    @Test
    @DisplayName("no message shows a database URL given instead of a name, or a query")
    void showsNoSecret() {
        for (String url :
                List.of("jdbc:h2:/x;PASSWORD=s3cret", "jdbc:h2:/x;PASSWORD=s3cret;;", "jdbc:x://a:s3cret@b/c")) {
            assertThat(problems(Map.of("store", url)))
                    .isNotEmpty()
                    .noneMatch(problem -> problem.contains("s3cret"))
                    .anyMatch(problem -> problem.contains("store: [jdbc:...] is not a supported kind of location"));
        }
        String query = "SELECT decrypt(x, 's3cret') AS thumbprint FROM y";
        assertThat(Settings.parse(
                                Map.of("store", NAME, "sqlQuery", query, "sqlChangeQuery", query),
                                resources,
                                InstantSource.system())
                        .summary())
                .contains("store=[" + NAME + "]")
                .doesNotContain("s3cret");
    }

    private void assertAdmitted(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(more);
        given.put("store", NAME);
        Gate gate =
                Settings.parse(given, resources, InstantSource.system()).open(new Counters(), InstantSource.system());
        Verdict verdict = gate.decide(FakeExchange.of(ALICE.certificate()));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Admitted.class,
                        admitted -> assertThat(admitted.identity().name()).isEqualTo("alice"));
    }

    private List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(
                        SettingsException.class, () -> Settings.parse(given, resources, InstantSource.system()))
                .problems();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
