/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the scripts for shells. */
class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAnotherShell() {
        ToolRun run = ToolRun.of("completion", "fish");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("[fish] is not a supported shell; expected bash or zsh");
        assertThat(ToolRun.of("completion").err()).contains("[SHELL] is missing");
    }

    @Test
    void preparesZshForScriptsOfBash() {
        assertThat(ToolRun.of("completion", "zsh").out()).contains("bashcompinit", "explain", "--at");
    }

    @Test
    @NeedsProgram
    void completesCommandsAndOptionsInBash() throws Exception {
        String bash = OutsideProgram.BASH.path();
        Path script = folder.resolve("completion");
        Files.writeString(script, ToolRun.of("completion", "bash").out());
        String ask = "source " + script + "; COMP_WORDS=(thumbkeeper %s); COMP_CWORD=%d; _complete_thumbkeeper;"
                + " printf '%%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(output(bash, ask.formatted("ex", 1))).contains("explain");
        assertThat(output(bash, ask.formatted("explain --a", 2))).contains("--at");
    }

    /** Types into a zsh on a terminal of its own, and waits for what the zsh adds. */
    @Test
    @NeedsProgram
    void completesCommandsAndOptionsInZsh() throws Exception {
        String zsh = OutsideProgram.ZSH.path();
        Files.writeString(
                folder.resolve("completion"), ToolRun.of("completion", "zsh").out());
        Path driver = Files.writeString(folder.resolve("driver"), """
                zmodload zsh/zpty
                zpty z zsh -f -i
                zpty -w z "source completion; print RE''ADY"
                zpty -r z seen '*READY*'
                zpty -n -w z $'thumbkeeper expl\\t'
                zpty -r z seen '*explain*' && print completed the command
                zpty -n -w z $'--pa\\t'
                zpty -r z seen '*--path*' && print completed the option
                zpty -d z
                """);
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(zsh, "-f", driver.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("TERM", "dumb", "HOME", folder.toString()));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        assertThat(Files.readString(output)).contains("completed the command", "completed the option");
    }

    private static String output(String bash, String command) throws Exception {
        Process process = new ProcessBuilder(bash, "-c", command)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
