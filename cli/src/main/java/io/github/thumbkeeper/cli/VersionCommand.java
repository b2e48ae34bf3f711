/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Prints the version. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version.")
final class VersionCommand extends ToolCommand {

    VersionCommand(Console console) {
        super(console);
    }

    @Override
    int run() {
        console().out().println(text());
        return DONE;
    }

    private static String text() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "thumbkeeper " + (version == null ? "(not run from its jar)" : version);
    }

    /** Gives picocli the version for {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
