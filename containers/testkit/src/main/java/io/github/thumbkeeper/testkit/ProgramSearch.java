/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Searches folders for programs. Immutable and thread-safe. */
record ProgramSearch(Mode mode, List<String> folders, List<String> suffixes, Consumer<String> skips) {

    private static final String MODE = "TESTKIT_PROGRAMS";

    /** Debian installs servers in these folders, which are often not on the PATH. */
    private static final List<String> FOLDERS_OF_SERVERS = List.of("/usr/sbin", "/usr/local/sbin");

    /** The treatment of a test whose program is not found. */
    enum Mode {
        /** The test is skipped. */
        IF_INSTALLED,
        /** Nothing is found, even if it is installed. */
        NONE,
        /** The test fails. */
        REQUIRED;

        static Mode of(@Nullable String value) {
            return switch (value == null ? "" : value) {
                case "" -> IF_INSTALLED;
                case "none" -> NONE;
                case "required" -> REQUIRED;
                default ->
                    throw new IllegalArgumentException(
                            "[" + value + "] is not a valid " + MODE + "; expected none, required, or no value");
            };
        }
    }

    /** Returns the search that the environment asks for. */
    static ProgramSearch of(UnaryOperator<@Nullable String> environment, boolean windows, Consumer<String> skips) {
        String path = environment.apply("PATH");
        String suffixes = environment.apply("PATHEXT");
        Stream<String> folders = path == null ? Stream.of() : Arrays.stream(path.split(File.pathSeparator));
        return new ProgramSearch(
                Mode.of(environment.apply(MODE)),
                Stream.concat(folders.filter(folder -> !folder.isBlank()), FOLDERS_OF_SERVERS.stream())
                        .toList(),
                windows ? List.of((suffixes == null ? ".EXE;.CMD;.BAT" : suffixes).split(";")) : List.of(""),
                skips);
    }

    Path find(String program, String debianPackage) {
        return require(
                folders.stream()
                        .flatMap(folder -> suffixes.stream()
                                .map(suffix -> new File(folder, program + suffix.toLowerCase(Locale.ROOT))))
                        .filter(file -> file.isFile() && file.canExecute())
                        .map(File::toPath)
                        .findFirst(),
                "needs " + program + " (Debian package " + debianPackage + ")");
    }

    Path folder(Path folder, String debianPackage) {
        return require(
                Optional.of(folder).filter(Files::isDirectory),
                "needs " + folder.getFileName() + " (Debian package " + debianPackage + ")");
    }

    /** Aborts or fails the test on an unsuitable system. {@code none} changes nothing, because no package would help. */
    void requireSystem(boolean suits, String reason) {
        if (!suits) {
            throw missing(reason);
        }
    }

    private Path require(Optional<Path> found, String reason) {
        return found.filter(path -> mode != Mode.NONE).orElseThrow(() -> missing(reason));
    }

    private RuntimeException missing(String reason) {
        if (mode == Mode.REQUIRED) {
            throw new AssertionError(reason + ", and " + MODE + " is [required]");
        }
        skips.accept(reason);
        return new TestAbortedException(reason);
    }
}
