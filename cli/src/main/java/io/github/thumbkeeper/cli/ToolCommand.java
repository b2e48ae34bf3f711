/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.LoggableFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * One command of the tool. A subclass has picocli's {@code @Command}, which names it and begins its help with examples.
 *
 * <p>Not thread-safe.
 */
abstract class ToolCommand implements Callable<Integer> {

    /** Exit status: the command succeeded. */
    static final int DONE = 0;

    /** Exit status: a file is refused or cannot be read, or there are findings. */
    static final int REFUSED = 1;

    /** Exit status: the arguments are wrong. */
    static final int USAGE = 2;

    private final Console console;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    ToolCommand(Console console) {
        this.console = console;
    }

    /**
     * Runs and returns the exit status.
     *
     * @throws UsageException if the arguments are wrong
     */
    abstract int run() throws UsageException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (UsageException e) {
            return misuse(console, spec.parent() == null ? "" : spec.name(), String.valueOf(e.getMessage()));
        }
    }

    final Console console() {
        return console;
    }

    final CommandSpec spec() {
        return spec;
    }

    /** Reports wrong arguments. */
    static int misuse(Console console, String command, String why) {
        console.problem(why);
        console.hint("run [help" + (command.isEmpty() ? "" : " " + command) + "] for "
                + (command.isEmpty() ? "the commands" : "its options and examples"));
        return USAGE;
    }

    /** Reports an unexpected failure, without texts that may quote a file. */
    static int fail(Console console, Exception failure) {
        console.problem("unexpected failure: " + LoggableFailure.describe(failure));
        return REFUSED;
    }
}
