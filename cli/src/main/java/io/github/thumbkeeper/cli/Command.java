/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.PrintStream;
import java.util.List;

/** One command of the tool. */
@FunctionalInterface
interface Command {

    /** Exit status: the command succeeded. */
    int DONE = 0;

    /** Exit status: a file cannot be read, or is refused. */
    int REFUSED = 1;

    /** Exit status: the arguments are wrong. */
    int USAGE = 2;

    /**
     * Runs and returns the exit status.
     *
     * @param args what follows the name of the command
     * @param out receives the result only
     * @param err receives problems and hints
     * @throws UsageException if the arguments are wrong
     */
    int run(List<String> args, PrintStream out, PrintStream err) throws UsageException;
}
