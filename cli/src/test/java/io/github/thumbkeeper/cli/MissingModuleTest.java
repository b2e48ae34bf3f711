/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Messages in a Java runtime without a module (row 157). */
class MissingModuleTest {

    private static final String THUMBPRINT = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}={1}")
    @DisplayName("without java.naming no gate starts, and the message names the module (row 157)")
    @CsvSource({
        "thumbprints, " + THUMBPRINT,
        "store, java:comp/env/cert/clients",
        "store, jndi:cert/clients",
        "store, /etc/clients.txt",
        "settingsFile, java:comp/env/gate"
    })
    void namesJavaNaming(String setting, String value) throws Exception {
        assertThat(run("java.base", WithoutModule.class, setting, value))
                .containsExactly(
                        "Thumbkeeper does not start:",
                        "TK-205 this Java runtime lacks the module java.naming; expected a runtime with it, for"
                                + " example made with jlink --add-modules java.naming");
        assertThat(run("java.naming", WithoutModule.class, "thumbprints", THUMBPRINT))
                .containsExactly("understood");
    }

    @Test
    @DisplayName(
            "CVE-2026-74048: a requested check that is not available refuses to start: revocation without java.net.http")
    void namesJavaNetHttp() throws Exception {
        assertThat(run("java.naming", WithoutModule.class, "validateRevocation", "true"))
                .anyMatch(line -> line.startsWith("TK-204 validateRevocation: [true] needs the module java.net.http"));
    }

    @Test
    @DisplayName("the command line tool needs java.base alone (row 157)")
    void toolNeedsNoModule() throws Exception {
        Path pem = folder.resolve("alice.pem");
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        alice.writePem(pem);

        assertThat(run("java.base", Main.class, "thumbprint", pem.toString()))
                .containsExactly("sha256:" + alice.sha256());
        assertThat(run("java.base", Main.class, "settings", "--markdown"))
                .isEqualTo(Files.readAllLines(Path.of("../docs/settings.md")));
    }

    @Test
    @DisplayName("a policy is migrated without java.xml")
    void migrationNeedsNoModule() throws Exception {
        Path documents = Path.of("src/test/resources/migrate");

        assertThat(run(
                        "java.base",
                        Main.class,
                        "migrate",
                        documents.resolve("uploaded.policy.xml").toString()))
                .isEqualTo(Files.readAllLines(documents.resolve("uploaded.thumbkeeper.xml")));
    }

    private static List<String> run(String modules, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                modules,
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        Process java = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = java.inputReader().lines().toList();
        java.waitFor();
        return lines;
    }

    private static String classPath() {
        return Stream.of(Main.class, Settings.class, MissingModuleTest.class, PemReader.class, CommandLine.class)
                .map(MissingModuleTest::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> each) {
        try {
            return Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
