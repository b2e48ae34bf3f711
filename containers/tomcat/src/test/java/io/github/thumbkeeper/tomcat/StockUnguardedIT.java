/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissive trust manager in a stock Tomcat without a running gate, or with only a filter in an application. */
@Slow
@NeedsProgram
class StockUnguardedIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String VALVE =
            "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" thumbprints=\"" + ALICE.sha256()
                    + "\"/>";

    static Stream<Arguments> placesThatTomcatSkips() {
        return Stream.of("Service", "Connector", "Server", "nowhere")
                .flatMap(place -> Stream.of(10, 11).map(line -> Arguments.of(place, line)));
    }

    @ParameterizedTest(name = "under {0}, Tomcat {1}")
    @MethodSource("placesThatTomcatSkips")
    void logsAnErrorThatNamesTheRemedyWhereTomcatSkipsTheValve(String place, int line) throws Exception {
        String xml = StockSite.serverXml(
                "", StockSite.service("Catalina", "webapps", connector(inside(place, "Connector")), "", ""));
        xml = xml.replace("<Engine ", inside(place, "Service") + "<Engine ");
        xml = xml.replace("</Server>", inside(place, "Server") + "</Server>");
        StockTomcat.Builder builder = StockSite.prepared(line, xml).app("app", StockSite.hello());
        StockSite.addClient(builder, "alice", ALICE);

        try (StockTomcat tomcat = builder.start()) {
            assertThat(tomcat.log()).doesNotContain("TK-419", "TK-400");
            if (!place.equals("nowhere")) {
                assertThat(tomcat.log()).contains("No rules found");
            }
            assertThat(status(tomcat, null)).isEqualTo(200);
            assertThat(tomcat.log()).doesNotContain("TK-419");

            assertThat(status(tomcat, "alice")).isEqualTo(200);
            assertThat(status(tomcat, "alice")).isEqualTo(200);
            assertThat(tomcat.logs("TK-419")).isTrue();
            assertThat(tomcat.log())
                    .containsOnlyOnce("TK-419")
                    .containsPattern("SEVERE .*TK-419 .*<Engine>, <Host> or <Context>");
        }
    }

    /** The filter has its own copy of the core, in the class loader of its application. */
    @ParameterizedTest(name = "Tomcat {0}")
    @ValueSource(ints = {10, 11})
    void logsTheErrorOnlyAfterTheLastFilterHasStopped(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(
                        line, StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector(""), "", "")))
                .app("app", StockSite.hello())
                .file("webapps/app/WEB-INF/web.xml", webXml());
        Files.copy(
                StockSite.jar("thumbkeeper.filter.jar"),
                Files.createDirectories(builder.base().resolve("webapps/app/WEB-INF/lib"))
                        .resolve("filter.jar"));
        StockSite.addClient(builder, "alice", ALICE);

        try (StockTomcat tomcat = builder.start()) {
            assertThat(status(tomcat, "alice")).isEqualTo(200);
            assertThat(tomcat.log()).contains("TK-400 gate of filter").doesNotContain("TK-419");

            Folders.delete(tomcat.file("webapps/app"));
            assertThat(tomcat.logs("Undeploying context [/app]")).isTrue();
            Eventually.that("the gate is gone", () -> status(tomcat, "alice") == 404);
            assertThat(tomcat.logs("TK-419")).isTrue();
        }
    }

    @ParameterizedTest(name = "Tomcat {0}")
    @ValueSource(ints = {10, 11})
    void logsNothingWhileAValveIsRunning(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(
                        line,
                        StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector(""), VALVE, "")))
                .app("app", StockSite.hello());
        StockSite.addClient(builder, "alice", ALICE);

        try (StockTomcat tomcat = builder.start()) {
            assertThat(status(tomcat, "alice")).isEqualTo(200);
            assertThat(tomcat.log()).contains("TK-400 gate of").doesNotContain("TK-419");
        }
    }

    private static String inside(String place, String element) {
        return place.equals(element) ? VALVE : "";
    }

    private static String connector(String valve) {
        return "<Connector address=\"127.0.0.1\" port=\"0\" SSLEnabled=\"true\" scheme=\"https\" secure=\"true\">"
                + valve + "<SSLHostConfig certificateVerification=\"optional\" trustManagerClassName="
                + "\"io.github.thumbkeeper.valve.AnyClientCertificateTrustManager\">"
                + "<Certificate certificateFile=\"conf/server.pem\" certificateKeyFile=\"conf/server-key.pem\"/>"
                + "</SSLHostConfig></Connector>";
    }

    private static String webXml() {
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><filter>"
                + "<filter-name>gate</filter-name>"
                + "<filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>"
                + "<async-supported>true</async-supported>"
                + "<init-param><param-name>thumbprints</param-name><param-value>" + ALICE.sha256()
                + "</param-value></init-param></filter>"
                + "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
                + "</web-app>";
    }

    private static int status(StockTomcat tomcat, @Nullable String client) throws IOException, InterruptedException {
        return StockSite.ask(tomcat, tomcat.https("/app/index.txt"), client).status();
    }
}
