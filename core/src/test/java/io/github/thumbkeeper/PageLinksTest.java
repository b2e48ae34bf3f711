/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the links in all pages: the file, the heading, and the class or method that the text names. */
class PageLinksTest {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).resolve("..").normalize();

    private static final Pattern LINK =
            Pattern.compile("\\[(?<text>[^\\]]*)]\\((?<target>[^)#\\s]*)(?:#(?<heading>[^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern METHOD = Pattern.compile("`(?<type>[A-Z]\\w*)\\.(?<method>[a-z]\\w*)`");

    private record Link(String text, Path target, String heading) {
        static Link of(MatchResult found, Path page) {
            Path target = found.group(2).isEmpty() ? page : page.resolveSibling(found.group(2));
            return new Link(found.group(1), target, found.group(3) == null ? "" : found.group(3));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileOrAHeading(Path page) throws IOException {
        List<Link> broken = new ArrayList<>();
        for (Link link : links(page)) {
            boolean found = Files.exists(link.target)
                    && (link.heading.isEmpty() || anchors(link.target).contains(link.heading));
            if (!found) {
                broken.add(link);
            }
        }

        assertThat(broken).isEmpty();
    }

    /** The text of a link to a class is its file, {@code Gate.java}, or one of its methods, {@code Gate.decide}. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkToAClassNamesThatClass(Path page) throws IOException {
        List<Link> wrong = new ArrayList<>();
        for (Link link : links(page)) {
            String file = String.valueOf(link.target.getFileName());
            boolean right = !file.endsWith(".java")
                    || link.text.equals("`" + file + "`")
                    || isMethodOf(link.text, file, Files.readString(link.target));
            if (!right) {
                wrong.add(link);
            }
        }

        assertThat(wrong).isEmpty();
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

    /** Returns the links within the project. */
    private static List<Link> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .filter(found -> !found.group(2).contains(":"))
                .map(found -> Link.of(found, page))
                .toList();
    }

    /** Returns the names of the headings, made as GitHub makes them. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static boolean isMethodOf(String text, String file, String source) {
        Matcher method = METHOD.matcher(text);
        return method.matches()
                && file.equals(method.group("type") + ".java")
                && source.contains(" " + method.group("method") + "(");
    }
}
