/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that every row of the page on threats names a test that exists. */
class ThreatsPageTest {

    private static final Pattern TEST = Pattern.compile("`(?<type>[A-Z]\\w*(?:Test|IT))?(?:\\.(?<method>\\w+))?`");

    private final String page = Documentation.read(Documentation.ROOT.resolve("docs/threats.md"));

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            String tests = row.substring(row.lastIndexOf("| ", row.length() - 3));
            String type = "";
            for (MatchResult test : TEST.matcher(tests).results().toList()) {
                type = test.group(1) == null ? type : test.group(1);
                String method = test.group(2);
                String source = sources.getOrDefault(type, "");
                if (source.isEmpty() || (method != null && !source.contains("void " + method + "("))) {
                    missing.add(type + "." + method);
                }
            }
            assertThat(type).as(row).isNotEmpty();
        }

        assertThat(missing).isEmpty();
    }

    private List<String> rows() {
        return page.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| threat |"))
                .toList();
    }

    /** Returns the sources by the simple name of their class. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : new String[] {"core", "servlet-filter", "containers"}) {
            try (Stream<Path> files = Files.walk(Documentation.ROOT.resolve(module))) {
                files.filter(file -> file.toString().matches(".*[\\\\/]src[\\\\/]test[\\\\/].*\\.java"))
                        .forEach(file -> sources.merge(
                                file.getFileName().toString().replace(".java", ""),
                                Documentation.read(file),
                                String::concat));
            }
        }
        return sources;
    }
}
