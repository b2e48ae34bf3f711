/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks colours and progress. */
class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void hasNoColoursWithNoColorOrWithoutATerminal() {
        assertThat(Console.isColourful(Map.of("NO_COLOR", "1", "TERM", "xterm")))
                .isFalse();
        assertThat(Console.isColourful(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Console.isColourful(Map.of())).isFalse();
        // The standard output of a test is not a terminal.
        assertThat(Console.isColourful(Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void coloursFindings() {
        Main.run(List.of("check", "missing"), console(true));
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("\u001b[31mERROR");
        out.reset();

        Main.run(List.of("check", "missing"), console(false));
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("ERROR").doesNotContain("\u001b");
    }

    @Test
    void printsProgressAfterASecond() throws InterruptedException {
        try (Progress progress = Progress.of(console(false), "reading [x]")) {
            progress.awaitPrinted();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("reading [x] ...\n");
        err.reset();

        Progress.of(console(false), "reading [x]").close();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Console console(boolean colourful) {
        return new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                colourful);
    }
}
