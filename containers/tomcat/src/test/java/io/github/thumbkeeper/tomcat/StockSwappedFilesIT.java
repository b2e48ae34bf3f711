/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates whose settings name the wrong file, in a stock Tomcat: none starts, and no log file has the password. */
@NeedsProgram
class StockSwappedFilesIT {

    private static final String PASSWORD = "Xq7#Zw9!vK";
    private static final String PLACEHOLDER = "${no.such.secret}";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void refusesSwappedFilesAndLogsNoPassword(int line) throws Exception {
        String connector = Documented.xml("docs/getting-started-valve.md", "<Connector");
        StockTomcat.Builder builder = StockSite.prepared(
                line, StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector, "", "")));
        StockSite.addClient(builder, "alice", ALICE);
        Path base = builder.file("conf/pw", PASSWORD + "\n")
                .file("conf/gate.properties", "storePassword=" + PASSWORD + "\n")
                .base();
        TestKeyStores.writeTrusted(
                base.resolve("conf/clients.p12"), "PKCS12", PASSWORD, Map.of("alice", ALICE.certificate()));
        Map<String, Map<String, String>> cases = cases(base);
        for (Map.Entry<String, Map<String, String>> each : cases.entrySet()) {
            addValve(builder, each.getKey(), each.getValue());
            addFilter(builder, each.getKey(), each.getValue());
        }

        try (StockTomcat tomcat = builder.start()) {
            for (String name : cases.keySet()) {
                for (String frontEnd : List.of("valve-", "filter-")) {
                    assertServesNoRequest(tomcat, frontEnd + name);
                }
            }
            String logged = tomcat.log() + logFiles(tomcat.file("logs"));
            IntStream.rangeClosed(0, PASSWORD.length() - 3)
                    .mapToObj(i -> PASSWORD.substring(i, i + 3))
                    .forEach(piece -> assertThat(logged).doesNotContain(piece));
            assertThat(logged)
                    .doesNotContain(PLACEHOLDER)
                    .contains("line 1: a text of 10 characters (not shown, it may be a password) is not a thumbprint")
                    .contains("rule 1 a text of 10 characters (not shown, it may be a password) has no value")
                    .contains("has as its name a text of 10 characters (not shown, it may be a password)")
                    .contains("TK-203 proxyVerifyValue: (not shown here) contains a placeholder")
                    .contains(
                            "is a PKCS12 key store and not the file of [storePasswordFile]; were the two files swapped?")
                    .contains("TK-302 store [" + base.resolve("conf/gate.properties") + "] is not a list")
                    .contains("TK-302 store [" + base.resolve("conf/pw") + "] is not a list")
                    .contains("storePasswordFile: store [the file of storePasswordFile] does not exist");
        }
    }

    /** The settings of each application; all of them are wrong. */
    private static Map<String, Map<String, String>> cases(Path base) {
        String password = base.resolve("conf/pw").toString();
        String keys = base.resolve("conf/clients.p12").toString();
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        cases.put("store", Map.of("store", password, "storePasswordFile", keys));
        cases.put("deny", Map.of("thumbprints", ALICE.sha256(), "deny", password));
        cases.put(
                "properties",
                Map.of("store", base.resolve("conf/gate.properties").toString()));
        cases.put(
                "rules",
                Map.of(
                        "identities",
                        "file:" + password,
                        "validateTrust",
                        "true",
                        "trustStore",
                        base + "/conf/server.pem"));
        cases.put("settings", Map.of("settingsFile", password));
        cases.put("crossed", Map.of("store", keys, "storePasswordFile", "/" + PASSWORD));
        cases.put(
                "secret",
                Map.of(
                        "thumbprints",
                        ALICE.sha256(),
                        "certificateHeader",
                        "nginx",
                        "trustedProxyThumbprints",
                        ALICE.sha256(),
                        "proxyVerifyHeader",
                        "X-Proxy",
                        "proxyVerifyValue",
                        PLACEHOLDER));
        return cases;
    }

    static void addValve(StockTomcat.Builder builder, String name, Map<String, String> settings) throws IOException {
        String attributes = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=\"" + setting.getValue() + "\"")
                .collect(Collectors.joining(" "));
        builder.app("valve-" + name, StockSite.hello())
                .file(
                        "webapps/valve-" + name + "/META-INF/context.xml",
                        "<Context><Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" " + attributes
                                + "/></Context>");
    }

    static void addFilter(StockTomcat.Builder builder, String name, Map<String, String> settings) throws IOException {
        String parameters = settings.entrySet().stream()
                .map(setting -> "<init-param><param-name>" + setting.getKey() + "</param-name><param-value>"
                        + setting.getValue() + "</param-value></init-param>")
                .collect(Collectors.joining());
        String mapping =
                "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
        builder.app("filter-" + name, StockSite.hello())
                .file(
                        "webapps/filter-" + name + "/WEB-INF/web.xml",
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><filter>"
                                + "<filter-name>gate</filter-name><filter-class>"
                                + "io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>" + parameters
                                + "</filter>" + mapping + "</web-app>");
        Path lib = Files.createDirectories(builder.base().resolve("webapps/filter-" + name + "/WEB-INF/lib"));
        Files.copy(StockSite.jar("thumbkeeper.filter.jar"), lib.resolve("filter.jar"));
    }

    private static void assertServesNoRequest(StockTomcat tomcat, String application) throws Exception {
        Curl.Answer answer = StockSite.ask(tomcat, tomcat.https("/" + application + "/index.txt"), "alice");
        assertThat(answer.status()).as(application).isIn(404, 503);
        assertThat(answer.body()).as(application).doesNotContain("hello");
    }

    private static String logFiles(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }
}
