/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in the Javadoc of user-facing classes are those of the pages, which {@link DocumentedSnippetsTest} checks. */
class JavadocSamplesTest {

    private static final Pattern SAMPLE =
            Pattern.compile("^ \\* <pre>\\{@code\n(?<lines>.*?)^ \\* }</pre>", Pattern.MULTILINE | Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valve/src/main/java/io/github/thumbkeeper/valve/ClientCertificateValve.java",
                "valve/src/main/java/io/github/thumbkeeper/valve/AnyClientCertificateTrustManager.java",
                "servlet-filter/src/main/java/io/github/thumbkeeper/filter/ClientCertificateFilter.java"
            })
    void sampleIsABlockOfAPage(String source) throws IOException {
        List<String> blocks = Documentation.pages().stream()
                .flatMap(page -> Snippet.allIn(page, List.of("xml")).stream())
                .map(Snippet::text)
                .toList();
        List<String> samples = SAMPLE.matcher(Documentation.read(Documentation.ROOT.resolve(source)))
                .results()
                .map(sample -> sample.group(1).replaceAll("(?m)^ \\*", ""))
                .map(Snippet::withoutIndentation)
                .toList();

        assertThat(samples).isNotEmpty();
        assertThat(blocks).containsAll(samples);
    }
}
