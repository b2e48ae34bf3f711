/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that each decision has its number, date, status, context, decision and consequence. */
class DecisionsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "..", "docs", "decisions.md");
    private static final Pattern ENTRY = Pattern.compile(
            "(?<number>\\d+)\\. [^\\n]+\\n\\n"
                    + "\\d{4}-\\d{2}-\\d{2} · (in force|replaced by \\d+)\\n\\n"
                    + "- Context: .+\\n- Decision: .+\\n- Consequence: .+",
            Pattern.DOTALL);

    @Test
    void everyEntryIsComplete() throws IOException {
        assertThat(entries())
                .hasSizeGreaterThan(70)
                .allSatisfy(entry -> assertThat(entry).matches(ENTRY));
    }

    @Test
    void numbersAreUniqueAndWithoutGaps() throws IOException {
        List<Integer> numbers = entries().stream()
                .map(entry -> Integer.valueOf(entry.substring(0, entry.indexOf('.'))))
                .sorted()
                .toList();

        assertThat(numbers).doesNotHaveDuplicates().first().isEqualTo(1);
        assertThat(numbers).last().isEqualTo(numbers.size());
    }

    private static List<String> entries() throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("\n### ", -1))
                .skip(1)
                .map(entry -> entry.replaceFirst("(?s)\n## .*", "").strip())
                .toList();
    }
}
