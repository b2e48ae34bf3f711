/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the pages for contributors with the code: the drawing of the packages, and every file and method they name.
 *
 * <p>{@code -Dthumbkeeper.write=true} writes the drawing into {@code docs/architecture.md}; CONTRIBUTING.md has the command.
 */
class ArchitecturePageTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).resolve("..").normalize();
    private static final Path PAGE = PROJECT.resolve("docs/architecture.md");
    private static final String BEGIN = "<!-- Generated from the code; CONTRIBUTING.md has the command. -->\n";
    private static final String END = "<!-- End of the generated part. -->\n";

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
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

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileOrAHeading(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : links(page)) {
            Path target = link.group(2).isEmpty() ? page : page.resolveSibling(link.group(2));
            String heading = link.group(3);
            boolean external = link.group(2).contains(":");
            if (!external
                    && (!Files.exists(target)
                            || (heading != null && !anchors(target).contains(heading)))) {
                broken.add(link.group());
            }
        }

        assertThat(broken).as("links of %s that lead nowhere", page).isEmpty();
    }

    /** Returns the names of the headings, made as GitHub makes them. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page)).results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    /** The text of a link to a class is its file, {@code Gate.java}, or one of its methods, {@code Gate.decide}. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAClassNamesThatClass(Path page) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (MatchResult link : links(page)) {
            Path target = page.resolveSibling(link.group(2));
            String file = String.valueOf(target.getFileName());
            if (file.endsWith(".java") && Files.exists(target)) {
                String text = link.group(1);
                if (!text.equals("`" + file + "`") && !isMethodOf(text, file, Files.readString(target))) {
                    wrong.add(link.group());
                }
            }
        }

        assertThat(wrong).as("links of %s that name something else", page).isEmpty();
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
                for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    private static boolean isMethodOf(String text, String file, String source) {
        Matcher method = METHOD.matcher(text);
        return method.matches()
                && file.equals(method.group("type") + ".java")
                && source.contains(" " + method.group("method") + "(");
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"));
                Stream<Path> top = Files.list(PROJECT)) {
            return Stream.concat(docs, top)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<MatchResult> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page)).results().toList();
    }
}
