/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links within the documentation lead somewhere. */
class DocumentedLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFiles(Path page) {
        List<String> links = LINK.matcher(Documentation.read(page))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();

        assertThat(links)
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    static List<Path> pages() throws IOException {
        return Documentation.pages();
    }
}
