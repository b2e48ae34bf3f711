/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The result of one run of the tool, without its progress. */
record ToolRun(int status, String out, String err) {

    static ToolRun of(String... args) {
        return reading("", args);
    }

    /** Runs it with this standard input. */
    static ToolRun reading(String in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(args),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        // Progress depends on the speed of the machine.
        String lines = err.toString(StandardCharsets.UTF_8).replaceAll("(?m)^.* \\.\\.\\.\\R", "");
        return new ToolRun(status, out.toString(StandardCharsets.UTF_8), lines);
    }
}
