/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, key stores and password files as other programs write them, in a stock Tomcat, with the valve and the filter. */
@NeedsProgram
@Slow
class StockPastedFilesIT {

    private static final String PASSWORD = "Xq7Zw9vK";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final List<String> FRONT_ENDS = List.of("valve-", "filter-");

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void takesFilesAsTheyAre(int line) throws Exception {
        String connector = Documented.xml("docs/getting-started-valve.md", "<Connector");
        StockTomcat.Builder builder = StockSite.prepared(
                line, StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector, "", "")));
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "bob", BOB);
        Path conf = builder.base().resolve("conf");
        Map<String, Map<String, String>> admitting = admitting(conf);
        Map<String, Map<String, String>> refused = refused(conf);
        writeFiles(conf);
        for (Map<String, Map<String, String>> cases : List.of(admitting, refused)) {
            for (Map.Entry<String, Map<String, String>> each : cases.entrySet()) {
                StockSwappedFilesIT.addValve(builder, each.getKey(), each.getValue());
                StockSwappedFilesIT.addFilter(builder, each.getKey(), each.getValue());
            }
        }

        try (StockTomcat tomcat = builder.start()) {
            for (String frontEnd : FRONT_ENDS) {
                for (String name : refused.keySet()) {
                    assertThat(status(tomcat, frontEnd + name, "alice"))
                            .as(frontEnd + name)
                            .isIn(404, 503);
                }
                for (String name : admitting.keySet()) {
                    assertThat(status(tomcat, frontEnd + name, "bob"))
                            .as(frontEnd + name)
                            .isEqualTo(401);
                    assertThat(status(tomcat, frontEnd + name, "alice"))
                            .as(frontEnd + name)
                            .isEqualTo(200);
                }
            }
            assertThat(tomcat.log() + logFiles(tomcat.file("logs")))
                    .contains("line 1: a text of 9 characters (not shown, it may be a password) follows the thumbprint")
                    .contains("the line has more words than a thumbprint")
                    .contains("password.utf16] is text in UTF-16; save it as UTF-8")
                    .contains("the password ends in a blank, which is part of it")
                    .contains("no password is set; set [storePassword] or [storePasswordFile]")
                    .doesNotContain(PASSWORD);
        }
    }

    private static void writeFiles(Path conf) throws IOException {
        Files.createDirectories(conf);
        String colons = ALICE.sha256().replaceAll("..(?!$)", "$0:");
        Files.writeString(conf.resolve("openssl.list"), "sha256 Fingerprint=" + colons + " label=\"Partner A\"\r\n");
        Files.writeString(conf.resolve("keytool.list"), "\t SHA256: " + colons + "\n");
        Files.writeString(
                conf.resolve("windows.list"),
                "\u200E" + ALICE.sha1().replaceAll("..(?!$)", "$0 ") + " # from the dialog\r\n");
        Files.writeString(conf.resolve("sha256sum.list"), ALICE.sha256() + "  alice.der\n");
        Map<String, X509Certificate> alice = Map.of("alice", ALICE.certificate());
        TestKeyStores.writeTrusted(conf.resolve("empty.p12"), "PKCS12", "", alice);
        TestKeyStores.writeTrusted(conf.resolve("empty.jks"), "JKS", "", alice);
        TestKeyStores.writeTrusted(conf.resolve("keys.p12"), "PKCS12", PASSWORD, alice);
        Files.writeString(conf.resolve("password.empty"), "");
        Files.writeString(conf.resolve("password.utf8"), "\uFEFF" + PASSWORD + "\r\n");
        Files.writeString(conf.resolve("password.utf16"), "\uFEFF" + PASSWORD + "\r\n", StandardCharsets.UTF_16LE);
        Files.writeString(conf.resolve("password.cmd"), PASSWORD + " \r\n");
    }

    private static Map<String, Map<String, String>> admitting(Path conf) {
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        for (String list : List.of("openssl", "keytool", "windows")) {
            cases.put(list, Map.of("store", conf + "/" + list + ".list"));
        }
        cases.put("empty-p12", Map.of("store", conf + "/empty.p12", "storePassword", ""));
        cases.put("empty-jks", Map.of("store", conf + "/empty.jks", "storePasswordFile", conf + "/password.empty"));
        cases.put("mark", Map.of("store", conf + "/keys.p12", "storePasswordFile", conf + "/password.utf8"));
        return cases;
    }

    private static Map<String, Map<String, String>> refused(Path conf) {
        Map<String, Map<String, String>> cases = new LinkedHashMap<>();
        cases.put("sha256sum", Map.of("store", conf + "/sha256sum.list"));
        cases.put("nothing", Map.of("store", conf + "/empty.p12"));
        cases.put("utf16", Map.of("store", conf + "/keys.p12", "storePasswordFile", conf + "/password.utf16"));
        cases.put("cmd", Map.of("store", conf + "/keys.p12", "storePasswordFile", conf + "/password.cmd"));
        return cases;
    }

    private static int status(StockTomcat tomcat, String application, String client) throws Exception {
        return StockSite.ask(tomcat, tomcat.https("/" + application + "/index.txt"), client)
                .status();
    }

    private static String logFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(StockPastedFilesIT::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
