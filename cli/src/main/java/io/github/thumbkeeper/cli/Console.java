/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The streams of one run of the tool, with the colours of a terminal if it has any.
 *
 * @param in the standard input
 * @param out receives the answer only
 * @param err receives problems, hints and progress
 * @param colourful whether to print colours
 */
record Console(InputStream in, PrintWriter out, PrintWriter err, boolean colourful) {

    Console(InputStream in, PrintStream out, PrintStream err, boolean colourful) {
        this(in, utf8(out), utf8(err), colourful);
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Returns whether colours make sense: the output is a terminal, and NO_COLOR (no-color.org) is not set. */
    static boolean isColourful(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb")
                && isTerminal();
    }

    /** Since Java 22 there is a console without a terminal too, and a method that says so. */
    @SuppressWarnings("SystemConsoleNull") // the method is asked first, where it exists
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Prints a hint. */
    void hint(String text) {
        err.println("hint: " + text);
    }

    /** Prints a problem. */
    void problem(String text) {
        err.println("thumbkeeper: " + text);
    }

    String good(String text) {
        return inColour("32", text);
    }

    String bad(String text) {
        return inColour("31", text);
    }

    String doubtful(String text) {
        return inColour("33", text);
    }

    private String inColour(String code, String text) {
        return colourful ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
