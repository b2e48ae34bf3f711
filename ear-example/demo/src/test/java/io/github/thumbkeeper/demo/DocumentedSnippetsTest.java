/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each snippet in one of these languages is part, line by line, of a file that the demo or a test runs. */
class DocumentedSnippetsTest {

    private static final List<String> LANGUAGES = List.of("xml", "java", "nginx", "haproxy", "apache", "caddyfile");
    private static final List<String> OF_CONTAINERS = List.of("xml", "java", "cli", "asadmin", "properties");

    @ParameterizedTest
    @MethodSource("snippets")
    void snippetIsPartOfAFileThatIsRun(Snippet snippet) throws IOException {
        assertThat(usedFiles())
                .as(snippet + ":\n" + snippet.text())
                .anyMatch(file -> Snippet.withoutIndentation(file).contains(snippet.text()));
    }

    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = Documentation.pages().stream()
                .flatMap(page -> Snippet.allIn(page, languages(page)).stream())
                .toList();
        assertThat(snippets).hasSizeGreaterThan(5);
        return snippets;
    }

    private static List<String> languages(Path page) {
        return page.getParent().endsWith("containers") ? OF_CONTAINERS : LANGUAGES;
    }

    private static List<String> usedFiles() throws IOException {
        try (Stream<Path> tomcat = Files.walk(Path.of("src/main/tomcat"));
                Stream<Path> recipes = Files.walk(Path.of("src/test/java/io/github/thumbkeeper/demo/recipes"));
                Stream<Path> example = Files.walk(Path.of("../web/src/main"));
                Stream<Path> console = Files.walk(Path.of("../../console/src/test/resources"));
                Stream<Path> policies = Files.walk(Path.of("../../cli/src/test/resources/migrate"));
                Stream<Path> containers = containers()) {
            return Stream.of(tomcat, recipes, example, console, policies, containers)
                    .flatMap(files -> files)
                    .filter(Files::isRegularFile)
                    .map(Documentation::read)
                    .toList();
        }
    }

    /** Returns the sources of the modules of the containers, without built and unpacked files. */
    private static Stream<Path> containers() throws IOException {
        Stream.Builder<Path> all = Stream.builder();
        try (Stream<Path> modules = Files.list(Path.of("../../containers"))) {
            for (Path sources :
                    modules.map(module -> module.resolve("src/test")).toList()) {
                if (Files.exists(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.forEach(all);
                    }
                }
            }
        }
        return all.build();
    }
}
