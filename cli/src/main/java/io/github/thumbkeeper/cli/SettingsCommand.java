/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Prints the table of all settings. */
final class SettingsCommand implements Command {

    private static final String MARKDOWN = "--markdown";

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws MisuseException {
        Arguments arguments = Arguments.parse(args, Set.of(), Set.of(MARKDOWN));
        if (!arguments.operands().isEmpty()) {
            throw MisuseException.of(arguments.operands().get(0), "is too much: settings takes no file");
        }
        out.print(arguments.has(MARKDOWN) ? SettingsReference.markdown() : SettingsReference.text());
        return DONE;
    }
}
