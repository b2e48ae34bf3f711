/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.SafeText;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script with which a shell completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  in ~/.bashrc",
            "    alias thumbkeeper='java -jar /opt/tomcat/lib/thumbkeeper-valve.jar'",
            "    source <(thumbkeeper completion bash)",
            "  in ~/.zshrc",
            "    alias thumbkeeper='java -jar /opt/tomcat/lib/thumbkeeper-valve.jar'",
            "    source <(thumbkeeper completion zsh)",
            ""
        },
        description = "Prints a script with which a shell completes commands and options.")
final class CompletionCommand extends ToolCommand {

    private static final String FOR_ZSH = "autoload -Uz compinit bashcompinit\ncompinit\nbashcompinit\n";

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private String shell = "";

    CompletionCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws UsageException {
        boolean zsh = shell.equals("zsh");
        if (!zsh && !shell.equals("bash")) {
            throw new UsageException(SafeText.quoted(shell) + " is not a supported shell; expected bash or zsh");
        }
        console()
                .out()
                .print((zsh ? FOR_ZSH : "")
                        + AutoComplete.bash("thumbkeeper", spec().root().commandLine()));
        return DONE;
    }
}
