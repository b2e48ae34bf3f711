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

/** Every piece of the languages below stands, line by line, in a file that the demo or a test runs. */
class DocumentedSnippetsTest {

    private static final List<String> LANGUAGES = List.of("xml", "java", "nginx", "haproxy", "apache");

    @ParameterizedTest
    @MethodSource("snippets")
    void snippetIsPartOfAFileThatIsRun(Snippet snippet) throws IOException {
        assertThat(usedFiles())
                .as(snippet + ":\n" + snippet.text())
                .anyMatch(file -> Snippet.withoutIndentation(file).contains(snippet.text()));
    }

    static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = Documentation.pages().stream()
                .flatMap(page -> Snippet.allIn(page, LANGUAGES).stream())
                .toList();
        assertThat(snippets).hasSizeGreaterThan(5);
        return snippets;
    }

    private static List<String> usedFiles() throws IOException {
        try (Stream<Path> tomcat = Files.walk(Path.of("src/main/tomcat"));
                Stream<Path> recipes = Files.walk(Path.of("src/test/java/io/github/thumbkeeper/demo/recipes"));
                Stream<Path> stores = Files.walk(Path.of("../../containers/tomcat/src/test/recipes"))) {
            return Stream.of(tomcat, recipes, stores)
                    .flatMap(files -> files)
                    .filter(Files::isRegularFile)
                    .map(Documentation::read)
                    .toList();
        }
    }
}
