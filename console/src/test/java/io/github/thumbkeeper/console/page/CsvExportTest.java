/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.RowState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvExportTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=HYPERLINK(\"http://evil.example\")"})
    void writesAFormulaAsText(String value) {
        assertThat(CsvExport.cell(value)).startsWith("\"'").endsWith("\"");
    }

    @Test
    void doublesQuotes() {
        assertThat(CsvExport.cell("a\"b,c")).isEqualTo("\"a\"\"b,c\"");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "'a/b\\c', a-b-c",
        "'../../etc', etc",
        "'<script>', script",
        "'  x  ', x",
        "'Müller & Söhne', Müller - Söhne",
        "taken, taken-2",
    })
    void proposesALabelOfPlainCharacters(String commonName, String label) {
        assertThat(Preview.label(commonName, new HashSet<>(Set.of("taken")))).isEqualTo(label);
    }

    @Test
    void pagesTenThousandEntriesWithoutDelay() {
        Instant now = Instant.now();
        List<EntryRow> rows = IntStream.range(0, 10_000)
                .mapToObj(i -> new EntryRow(
                        String.format("sha256:%064x", i),
                        "partner-" + i,
                        "CN=partner " + i + ",O=Example",
                        "CN=authority",
                        now.plusSeconds(i),
                        null,
                        null,
                        List.of("orders"),
                        i % 10 == 0 ? RowState.DISABLED : RowState.IN_FORCE,
                        "",
                        null))
                .toList();
        long begin = System.nanoTime();

        EntriesPage.Model model = EntriesPage.find(
                true, rows, new EntriesPage.Query("orders partner-77", null, "ends", true, 2), List.of());

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(model.found()).isEqualTo(111);
        assertThat(model.rows()).hasSize(50);
        assertThat(model.pages()).isEqualTo(3);
        assertThat(model.states()).containsEntry(RowState.DISABLED, 11L);
    }
}
