/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the page on the architecture with the code: the drawing of the packages, and every method that it names.
 *
 * <p>{@code -Dthumbkeeper.write=true} writes the drawing into {@code docs/architecture.md}; CONTRIBUTING.md has the command.
 */
class ArchitecturePageTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).resolve("..").normalize();
    private static final Path PAGE = PROJECT.resolve("docs/architecture.md");
    private static final String BEGIN = "<!-- Generated from the code; CONTRIBUTING.md has the command. -->\n";
    private static final String END = "<!-- End of the generated part. -->\n";

    private static final Pattern METHOD = Pattern.compile("`(?<type>[A-Z]\\w*)\\.(?<method>(?!java`)[a-z]\\w*)`");

    @Test
    void drawingIsThatOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).as("the line %s", BEGIN).isBetween(BEGIN.length(), end);
        String drawing = new PackageDrawing(
                        new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests()))
                                .importPath(PROJECT.resolve("core/target/classes")),
                        PROJECT.resolve("core/src/main/java/io/github/thumbkeeper"))
                .markdown();
        if (Boolean.getBoolean("thumbkeeper.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + "\n" + drawing + "\n" + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end))
                .as("the drawing in docs/architecture.md; -Dthumbkeeper.write=true writes it again")
                .isEqualTo("\n" + drawing + "\n");
    }

    @Test
    void everyMethodOnThePageExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = METHOD.matcher(Files.readString(PAGE))
                .results()
                .filter(method -> !sources.getOrDefault(method.group(1), "").contains(" " + method.group(2) + "("))
                .map(MatchResult::group)
                .toList();

        assertThat(missing).isEmpty();
    }

    /** Returns the sources of the modules by the simple names of their classes. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("core", "valve", "servlet-filter", "cli")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
