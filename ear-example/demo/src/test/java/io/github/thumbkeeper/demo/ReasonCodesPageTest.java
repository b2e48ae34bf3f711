/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.verdict.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonCodesPageTest {

    private final String page = Documentation.read(Documentation.ROOT.resolve("docs/reason-codes.md"));

    @ParameterizedTest
    @EnumSource
    void everyReasonHasARow(Reason reason) {
        assertThat(page).contains("| `" + reason.code() + "` | " + reason.text() + " |");
    }

    @Test
    void everyCodeOfTheSourcesHasARowAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String module : new String[] {"core", "valve", "servlet-filter", "console"}) {
            try (Stream<Path> sources = Files.walk(Documentation.ROOT.resolve(module + "/src/main/java"))) {
                sources.filter(Files::isRegularFile)
                        .forEach(source -> used.addAll(matches("TK-\\d{3}", Documentation.read(source))));
            }
        }

        Set<String> rows = new TreeSet<>();
        matches("(?m)^\\| `TK-\\d{3}`", page).forEach(row -> rows.addAll(matches("TK-\\d{3}", row)));
        assertThat(rows).isEqualTo(used);
    }

    private static Set<String> matches(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
