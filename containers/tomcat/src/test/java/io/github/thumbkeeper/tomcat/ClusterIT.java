/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/**
 * Stock Tomcats, each in its own process, whose gates read one table of one PostgreSQL server, as in the recipe in
 * {@code docs/stores.md}: as a user who may only read this table.
 */
@Slow
@NeedsProgram
class ClusterIT {

    private static final Path SERVER_XML = Path.of("src/test/recipes/sql/server.xml");
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String SECRET = "s3cret-of-the-database";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final Deque<StockTomcat> nodes = new ArrayDeque<>();
    private @Nullable Postgresql database;

    @BeforeEach
    void createDatabase() throws Exception {
        OutsideProgram.CURL.path();
        database = new Postgresql(folder);
        database.run("CREATE ROLE gate LOGIN PASSWORD '" + SECRET + "';"
                + " GRANT SELECT ON thumbkeeper_client, thumbkeeper_client_change TO gate");
        add(ALICE, "alice");
    }

    @AfterEach
    void stop() throws IOException {
        for (StockTomcat node : nodes) {
            node.close();
        }
        if (database != null) {
            database.close();
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.log()).doesNotContain(SECRET));
    }

    @Test
    @DisplayName(
            "what is added and removed is seen by all, an outage changes nothing for those that run, and ends by itself")
    void agreesThroughAnOutage() throws Exception {
        StockTomcat one = start(10, "");
        StockTomcat two = start(11, "maxStaleness=8s\ntellReason=true");
        assertAll(List.of(one, two), "alice", 200);
        assertAll(List.of(one, two), "bob", 401);
        assertAll(List.of(one, two), null, 401);

        add(BOB, "bob");
        awaitAll(List.of(one, two), "bob", 200);
        database.run("DELETE FROM thumbkeeper_client WHERE label = 'alice'");
        awaitAll(List.of(one, two), "alice", 401);

        database.stop();
        assertThat(one.logs("TK-301")).isTrue();
        assertThat(two.logs("TK-301")).isTrue();
        assertThat(one.log()).contains("keeping 1 entry from ", "there is no connection to the database");
        Eventually.that("an old list is none", () -> {
            int status = status(two, "bob");
            assertThat(status).isIn(200, 503);
            return status == 503;
        });
        assertThat(StockSite.ask(two, two.https("/app/index.txt"), "bob").body())
                .contains("\"code\":\"TK-310\"");
        assertAll(List.of(one), "bob", 200);
        assertAll(List.of(one), "alice", 401);

        StockTomcat strict = launch(10, "");
        assertThat(strict.logs("TK-302 store [jndi:jdbc/clients] is a database that fails while connecting: "))
                .isTrue();
        assertServesNoRequest(strict);
        StockTomcat patient = start(10, "storeUnavailable=refuse-requests\nmode=report\nexclude=/app/*");
        assertAll(List.of(patient), "bob", 503);
        assertAll(List.of(patient), null, 503);

        database.start();
        awaitAll(List.of(one, two, patient), "bob", 200);
        for (StockTomcat node : List.of(one, two)) {
            Eventually.that("the end is told", () -> node.log().contains("TK-304 store [jndi:jdbc/clients]"));
            // While the server starts, reading fails with another message, which is logged too.
            assertThat(node.log().split("TK-301.*caused by java.net.ConnectException", -1))
                    .as(node.log())
                    .hasSize(2);
        }
        assertThat(patient.log()).contains("TK-309", "TK-311");
        add(ALICE, "alice");
        awaitAll(List.of(one, two), "alice", 200);
    }

    private void add(TestCertificate certificate, String label) throws Exception {
        database.run("INSERT INTO thumbkeeper_client (thumbprint, label) VALUES ('" + certificate.sha256() + "', '"
                + label + "')");
    }

    private StockTomcat start(int line, String settings) throws Exception {
        StockTomcat node = launch(line, settings);
        assertThat(node.logs("Server startup in [")).as(node.log()).isTrue();
        assertThat(node.log()).contains("TK-400 ");
        return node;
    }

    private StockTomcat launch(int line, String settings) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(line, Files.readString(SERVER_XML))
                .property("gate.database", database.url())
                .property("gate.password", SECRET)
                .lib(Path.of(Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()))
                .file("conf/gate.properties", "refreshInterval=" + INTERVAL.toSeconds() + "s\n" + settings)
                .app("app", StockSite.hello());
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "bob", BOB);
        StockTomcat node = builder.launch();
        nodes.push(node);
        return node;
    }

    private static void assertAll(List<StockTomcat> nodes, @Nullable String client, int status) throws Exception {
        for (StockTomcat node : nodes) {
            assertThat(status(node, client)).as(node.log()).isEqualTo(status);
        }
    }

    private static void awaitAll(List<StockTomcat> nodes, String client, int status) throws Exception {
        for (StockTomcat node : nodes) {
            Eventually.that(client + " gets " + status, () -> status(node, client) == status);
        }
    }

    private static int status(StockTomcat node, @Nullable String client) throws Exception {
        return StockSite.ask(node, node.https("/app/index.txt"), client).status();
    }

    /** Tomcat may end, or go on without the failed part; then it does not answer, or answers 503. */
    private static void assertServesNoRequest(StockTomcat node) throws Exception {
        assertThat(node.logs("The required Server component failed to start") || node.logs("Server startup in ["))
                .isTrue();
        int status;
        try {
            status = status(node, "bob");
        } catch (IOException | IllegalStateException e) {
            return;
        }
        assertThat(status).isIn(404, 503);
    }
}
