/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void refusesToRunWithoutACommand() {
        ToolRun run = ToolRun.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no command").contains("help");
    }

    @Test
    void refusesAnUnknownCommandAndNamesTheKnownOnes() {
        ToolRun run = ToolRun.of("thumbprnt\u001b[31m", "alice.pem");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("[thumbprnt\\u001B[31m]")
                .contains("expected thumbprint, list, check, explain, refused, settings,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void printsHelpWithExamplesFirst(String word) {
        ToolRun run = ToolRun.of(word);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsSubsequence("Examples", "thumbprint alice.pem", "Commands", "Exit status")
                .startsWith("Examples");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void printsItsVersion(String word) {
        assertThat(ToolRun.of(word).out()).startsWith("thumbkeeper ");
    }

    @Test
    void printsEverySettingForATerminal() {
        ToolRun run = ToolRun.of("settings");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("thumbprints\n").contains("    duration up to 720h; default 30s\n");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 96).noneMatch(line -> line.contains("`"));
    }

    @Test
    void refusesAFileForSettings() {
        assertThat(ToolRun.of("settings", "gate.properties").status()).isEqualTo(2);
    }
}
