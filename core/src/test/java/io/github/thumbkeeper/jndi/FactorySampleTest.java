/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in the Javadoc of the factories are those of docs/stores.md, which the tests of the stock Tomcats run. */
class FactorySampleTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/thumbkeeper/jndi");

    @ParameterizedTest
    @DisplayName("the sample is part of the page on stores")
    @ValueSource(strings = {"KeyStoreFactory", "DirContextFactory"})
    void sampleIsOnThePage(String factory) throws IOException {
        String sample = Files.readAllLines(SOURCES.resolve(factory + ".java")).stream()
                .dropWhile(line -> !line.equals(" * <pre>{@code"))
                .skip(1)
                .takeWhile(line -> !line.equals(" * }</pre>"))
                .map(line -> line.substring(" * ".length()))
                .collect(Collectors.joining("\n"));

        assertThat(sample).contains("factory=\"io.github.thumbkeeper.jndi." + factory + "\"");
        assertThat(Files.readString(Path.of("../docs/stores.md"))).contains("```xml\n" + sample + "\n```");
    }
}
