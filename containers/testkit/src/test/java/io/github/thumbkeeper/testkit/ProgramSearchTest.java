/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class ProgramSearchTest {

    private final Map<String, String> environment = new HashMap<>();

    private final List<String> skips = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void putAProgramOnThePath() throws IOException {
        program("here");
        environment.put("PATH", "/none" + File.pathSeparator + File.pathSeparator + folder);
    }

    @Test
    void skipsWithThePackageAsTheReason() {
        assertThatThrownBy(() -> search(false).find("not-here", "not-here-server"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("needs not-here (Debian package not-here-server)");
        assertThatThrownBy(() -> search(false).folder(folder.resolve("data"), "data-package"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("needs data (Debian package data-package)");
        assertThat(skips)
                .containsExactly(
                        "needs not-here (Debian package not-here-server)", "needs data (Debian package data-package)");
    }

    @Test
    void skipsWithNoneEvenWhereTheProgramIsInstalled() {
        environment.put("TESTKIT_PROGRAMS", "none");

        assertThatThrownBy(() -> search(false).find("here", "here")).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> search(false).folder(folder, "here")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void failsWithRequiredInsteadOfSkipping() {
        environment.put("TESTKIT_PROGRAMS", "required");

        assertThat(search(false).find("here", "here")).isEqualTo(folder.resolve("here"));
        assertThatThrownBy(() -> search(false).find("not-here", "not-here-server"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("needs not-here (Debian package not-here-server), and TESTKIT_PROGRAMS is [required]");
        assertThatThrownBy(() -> search(false).requireSystem(false, "needs another system"))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "none"})
    void skipsOnASystemThatDoesNotSuit(String mode) {
        environment.put("TESTKIT_PROGRAMS", mode);

        search(false).requireSystem(true, "suits");
        assertThatThrownBy(() -> search(false).requireSystem(false, "needs another system"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("needs another system");
    }

    @Test
    void refusesAnUnknownMode() {
        environment.put("TESTKIT_PROGRAMS", "yes");

        assertThatThrownBy(() -> search(false))
                .hasMessage("[yes] is not a valid TESTKIT_PROGRAMS; expected none, required, or no value");
    }

    @Test
    void ignoresFoldersAndFilesThatAreNotExecutable() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        Files.createFile(folder.resolve("text"));

        assertThatThrownBy(() -> search(false).find("directory", "p")).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> search(false).find("text", "p")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void findsWindowsProgramsByTheirSuffix() throws IOException {
        program("tool.cmd");
        assertThat(search(true).find("tool", "p")).isEqualTo(folder.resolve("tool.cmd"));

        environment.put("PATHEXT", ".EXE");
        assertThatThrownBy(() -> search(true).find("tool", "p")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void searchesTheServerFoldersToo() {
        environment.remove("PATH");

        assertThat(search(false).folders()).containsExactly("/usr/sbin", "/usr/local/sbin");
    }

    @Test
    void refusesToFindAProgramForATestWithoutTheAnnotation() {
        assertThatThrownBy(OutsideProgram.CURL::path)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[curl]")
                .hasMessageContaining("@NeedsProgram");
    }

    @ParameterizedTest
    @EnumSource
    void everyPackageIsInTheReadmeAndInTheGate(OutsideProgram program) throws IOException {
        assertThat(Path.of("../../README.md")).content().contains("`" + program.debianPackage() + "`");
        assertThat(Path.of("../../.ci/run")).content().contains(program.debianPackage());
    }

    @Test
    void postgresqlRunsOnLinuxOnAmd64Only() {
        assertThat(EmbeddedPostgresql.runsOn("Linux aarch64")).isFalse();
        assertThat(EmbeddedPostgresql.runsOn("Mac OS X x86_64")).isFalse();
        assertThat(EmbeddedPostgresql.runsOn("Windows 11 amd64")).isFalse();
    }

    private void program(String name) throws IOException {
        assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true))
                .isTrue();
    }

    private ProgramSearch search(boolean windows) {
        return ProgramSearch.of(environment::get, windows, skips::add);
    }
}
