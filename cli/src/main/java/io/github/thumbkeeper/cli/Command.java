/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.PrintStream;
import java.util.List;

/** One command of the tool. */
@FunctionalInterface
interface Command {

    int DONE = 0;
    int REFUSED = 1;
    int MISUSE = 2;

    /**
     * Runs and returns the exit status.
     *
     * @param args what follows the name of the command
     * @param out takes the answer only
     * @param err takes problems and hints
     * @throws MisuseException if the arguments are wrong
     */
    int run(List<String> args, PrintStream out, PrintStream err) throws MisuseException;
}
