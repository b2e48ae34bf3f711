/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A start with ten mistakes, as an administrator of a stock Tomcat sees it on the console. */
@NeedsProgram
class StockFailedStartIT {

    private static final String CONNECTOR = "<Connector address=\"127.0.0.1\" port=\"0\"/>";

    /** The mistakes, and what the log reports of each. */
    private static final Map<String, String> MISTAKES = new LinkedHashMap<>();

    static {
        MISTAKES.put("thumbprint=870ed5", "TK-202 setting [thumbprint] in the configuration is unknown; did you mean");
        MISTAKES.put(
                "publicKeyPins=conf/alice.pem", "TK-203 publicKeyPins: [conf/alice.pem] looks like the location of");
        MISTAKES.put("store=http://clients", "TK-203 store: [http://clients] is not a supported kind of location");
        MISTAKES.put("refreshInterval=10", "TK-203 refreshInterval: [10] is not valid; expected a whole number and");
        MISTAKES.put("mode=on", "TK-203 mode: [on] is not valid; expected enforce, report or annotate");
        MISTAKES.put("denyStatus=404", "TK-203 denyStatus: [404] is not valid; expected 401 or 403");
        MISTAKES.put(
                "exclude=", "TK-203 exclude: the value is empty; expected path patterns, or leave the setting out");
        MISTAKES.put("roles=a b", "TK-203 roles: [a b] is not the name of a role; expected names without blanks");
        MISTAKES.put("clockSkew=2h", "TK-203 clockSkew: [2h] is not valid; expected a whole number and");
        MISTAKES.put("validateTrust=true", "TK-204 validateTrust: [true] needs [trustStore], which is not set");
    }

    /** Tomcat itself prints the exception of such a valve up to six times, with its causes. */
    @ParameterizedTest(name = "Tomcat {0}, valve of the {1}")
    @CsvSource({"10, Host", "11, Engine"})
    void valveAboveTheApplicationsPrintsOneBlockAndNoServerStarts(int line, String place) throws Exception {
        String valve = valve();
        StockTomcat.Builder builder = StockSite.prepared(
                line,
                StockSite.serverXml(
                        "",
                        StockSite.service(
                                "Catalina",
                                "webapps",
                                CONNECTOR,
                                place.equals("Engine") ? valve : "",
                                place.equals("Host") ? valve : "")));

        try (StockTomcat tomcat = builder.launch()) {
            assertThat(tomcat.logs("The required Server component failed to start"))
                    .isTrue();
            Eventually.that("the process has ended", () -> !tomcat.isRunning());

            assertThat(tomcat.log()).doesNotContain("Starting ProtocolHandler");
            String gate = place.equals("Host") ? "Catalina/localhost" : "Catalina";
            assertOneBlock(tomcat.log(), "TK-200 gate of [" + gate + "] does not start, because of 10 problems:");
        }
    }

    @ParameterizedTest(name = "Tomcat {0}")
    @ValueSource(ints = {10, 11})
    void applicationsWithAValveOrAFilterGet404AndTheOthersServe(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(
                        line, StockSite.serverXml("", StockSite.service("Catalina", "webapps", CONNECTOR, "", "")))
                .app("valve", StockSite.hello())
                .file("webapps/valve/META-INF/context.xml", "<Context>" + valve() + "</Context>")
                .app("filter", StockSite.hello())
                .file("webapps/filter/WEB-INF/web.xml", webXml())
                .app("other", StockSite.hello());
        Path lib = Files.createDirectories(builder.base().resolve("webapps/filter/WEB-INF/lib"));
        Files.copy(StockSite.jar("thumbkeeper.filter.jar"), lib.resolve("filter.jar"));

        try (StockTomcat tomcat = builder.start()) {
            for (String app : List.of("valve", "filter")) {
                Curl.Answer answer = ask(tomcat, "/" + app + "/index.txt");
                assertThat(answer.status()).as(app).isEqualTo(404);
                assertThat(answer.body()).doesNotContain("hello");
            }
            assertThat(ask(tomcat, "/other/index.txt").status()).isEqualTo(200);

            assertOneBlock(
                    tomcat.log(), "TK-200 gate of [Catalina/localhost/valve] does not start, because of 10 problems:");
            assertOneBlock(
                    tomcat.log(),
                    "TK-200 gate of filter [Catalina/localhost/filter#gate] does not start, because of 10 problems:");
            assertThat(hostLog(tomcat))
                    .contains("because of 10 problems: see TK-200 in the log")
                    .doesNotContain("TK-203");
        }
    }

    private static void assertOneBlock(String log, String start) {
        assertThat(log).containsOnlyOnce(start).doesNotContain("at io.github.thumbkeeper.");
        List<String> block = log.substring(log.indexOf(start))
                .lines()
                .limit(MISTAKES.size() + 2)
                .toList();
        List<String> problems = block.subList(1, MISTAKES.size() + 1);
        assertThat(problems).allMatch(line -> line.startsWith("  TK-20"));
        assertThat(block.get(MISTAKES.size() + 1)).doesNotContain("TK-20");
        MISTAKES.values()
                .forEach(mistake -> assertThat(problems)
                        .filteredOn(problem -> problem.startsWith("  " + mistake))
                        .as(mistake)
                        .hasSize(1));
        long gates =
                log.lines().filter(line -> line.contains("TK-200 gate of ")).count();
        assertThat(log.lines().filter(line -> line.contains("TK-203 mode"))).hasSize((int) gates);
    }

    private static String valve() {
        return MISTAKES.keySet().stream()
                .map(each -> each.replaceFirst("=", "=\"") + "\"")
                .collect(Collectors.joining(
                        " ", "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" ", "/>"));
    }

    private static String webXml() {
        String parameters = MISTAKES.keySet().stream()
                .map(each -> each.split("=", -1))
                .map(each -> "<init-param><param-name>" + each[0] + "</param-name><param-value>" + each[1]
                        + "</param-value></init-param>")
                .collect(Collectors.joining());
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><filter>"
                + "<filter-name>gate</filter-name>"
                + "<filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>" + parameters
                + "</filter><filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
                + "</web-app>";
    }

    private static Curl.Answer ask(StockTomcat tomcat, String path) throws Exception {
        URI uri = tomcat.http(path);
        return StockSite.ask(tomcat, uri, null);
    }

    /** The log of the Host, where Tomcat writes the exception of a filter. */
    private static String hostLog(StockTomcat tomcat) throws Exception {
        try (Stream<Path> logs = Files.list(tomcat.file("logs"))) {
            Path log = logs.filter(each -> each.getFileName().toString().startsWith("localhost."))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log);
        }
    }
}
