/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File stores, and a key store in JNDI, in a stock Tomcat: the recipes of {@code docs/stores.md}. */
@NeedsProgram
class StockStoresIT {

    private static final Path RECIPES = Path.of("src/test/recipes/files");
    private static final Path PAGE = Path.of("../../docs/stores.md");
    private static final List<String> KINDS = List.of("list", "directory", "keystore", "jndi");
    private static final String KEYTOOL = "$ keytool ";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String WHO = "<%@ page contentType=\"text/plain\" %><%= request.getRemoteUser() %>"
            + " <%= request.isUserInRole(\"orders\") %>\n";

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void followsEveryRecipe(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(line, recipe("server.xml"))
                .file("conf/clients.txt", "sha256:" + ALICE.sha256() + " label=alice roles=orders\n")
                .file("conf/clients/alice.pem", ALICE.pem())
                .file("alice.pem", ALICE.pem())
                .file("conf/store-password", "changeit\n");
        for (String kind : KINDS) {
            builder.app(kind, Map.of("META-INF/context.xml", recipe(kind + ".xml"), "who.jsp", WHO));
        }
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "bob", BOB);
        importWithKeytool(builder.base());

        try (StockTomcat tomcat = builder.start()) {
            for (String kind : KINDS) {
                assertThat(get(tomcat, kind, null).status()).as(kind).isEqualTo(401);
                assertThat(get(tomcat, kind, "bob").status()).as(kind).isEqualTo(401);
                assertThat(get(tomcat, kind, "alice").body())
                        .as(kind)
                        .endsWith("\nalice " + kind.equals("list") + "\n");
            }
            assertThat(tomcat.log()).doesNotContain("SEVERE", "changeit");
        }
    }

    /** Runs the keytool command of the page. */
    private static void importWithKeytool(Path base) throws Exception {
        String command = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(KEYTOOL))
                .findFirst()
                .orElseThrow();
        List<String> words =
                new ArrayList<>(List.of(command.substring(KEYTOOL.length()).split(" ")));
        words.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Process keytool = new ProcessBuilder(words)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static String recipe(String file) throws IOException {
        return Files.readString(RECIPES.resolve(file));
    }

    private static Curl.Answer get(StockTomcat tomcat, String app, @Nullable String client) throws Exception {
        return StockSite.ask(tomcat, tomcat.https("/" + app + "/who.jsp"), client);
    }
}
