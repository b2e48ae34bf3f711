/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the forms of the output: columns, CSV and JSON. */
class OutputTest {

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> new Table("a", "b").add("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alignsColumnsByCharactersAndShowsEmptyCells() {
        Table table = new Table("label", "ends");
        table.add("müller", "2026");
        table.add("x", "");

        assertThat(table.aligned()).isEqualTo("label   ends\nmüller  2026\nx       -\n");
        assertThat(new Table("label").aligned()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "a,b|\"a,b\"",
                "say \"x\"|\"say \"\"x\"\"\"",
                "=cmd()|'=cmd()",
                "+1|'+1",
                "-1|'-1",
                "@x|'@x"
            })
    void quotesCellsAsRfc4180AndDisarmsFormulas(String cell, String written) {
        Table table = new Table("label");
        table.add(cell);

        assertThat(table.csv()).isEqualTo("label\r\n" + written + "\r\n");
    }

    @Test
    void writesJsonInAsciiOnly() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a\"b\\c\n\u001b[31mü\u202e");
        object.put("list", Arrays.asList(1, true, null));
        object.put("empty", List.of());

        assertThat(Json.text(object)).isEqualTo("""
                {
                  "text": "a\\"b\\\\c\\u000a\\u001b[31m\\u00fc\\u202e",
                  "list": [
                    1,
                    true,
                    null
                  ],
                  "empty": []
                }
                """);
    }
}
