/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    @ParameterizedTest(name = "[{0}]: HTML {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", false",
                "*/*, false",
                "\"text/*\", false",
                "application/json, false",
                "application/problem+json, false",
                "text/plain, false",
                "text/html, true",
                "TEXT/HTML, true",
                "\" text/html ; q=0.5 \", true",
                "text/html;charset=utf-8, true",
                "\"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\", true",
                "\"text/html;q=0.5, */*\", true",
                "\"text/html;q=0.5, application/json\", false",
                "\"text/html, application/json;q=0.9\", true",
                "\"text/html, application/json\", false",
                "\"text/html;q=0.8, application/problem+json;q=0.7\", true",
                "\"text/html;q=0.7, application/problem+json;Q=0.8\", false",
                "text/html;q=0, false",
                "text/html;q=0.000, false",
                "text/html;q=2, false",
                "text/html;q=-1, false",
                "text/html;q=NaN, false",
                "text/html;q=Infinity, false",
                "text/html;q=1e9, false",
                "text/html;q=0.1234, false",
                "text/html;q=, false",
                "text/html;q=1.000, true",
                "text/htmlx, false",
                "xtext/html, false",
                "\",,,text/html\", true",
                "\";;;\", false",
                "\"=,;q\", false",
            })
    void prefersHtmlOnlyIfItIsNamed(String field, boolean html) {
        assertThat(Accept.prefersHtml(Collections.enumeration(List.of(field)))).isEqualTo(html);
    }

    @Test
    void absentFieldPrefersNoHtml() {
        assertThat(Accept.prefersHtml(null)).isFalse();
        assertThat(Accept.prefersHtml(Collections.emptyEnumeration())).isFalse();
    }

    @Test
    void readsSeveralFields() {
        assertThat(Accept.prefersHtml(Collections.enumeration(List.of("application/json;q=0.1", "text/html"))))
                .isTrue();
    }

    @Test
    void isBounded() {
        String long1 = "a/b,".repeat(1_000_000) + "text/html";
        assertThat(Accept.prefersHtml(Collections.enumeration(List.of(long1)))).isFalse();
        assertThat(Accept.prefersHtml(Collections.enumeration(Collections.nCopies(100, "text/html"))))
                .isFalse();
        assertThat(Accept.prefersHtml(Collections.enumeration(List.of("text/html;" + "q".repeat(1_000_000)))))
                .isTrue();
        assertThat(Accept.prefersHtml(Collections.enumeration(List.of("text/html;q=0." + "0".repeat(1_000_000)))))
                .isFalse();
    }
}
