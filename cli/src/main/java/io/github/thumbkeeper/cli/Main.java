/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The command line tool. It prints the answer to the standard output, in UTF-8, and all else to the error output; it ends
 * with 0 for yes or done, 1 for a refusal or a file that cannot be read, 2 if it was called wrongly.
 */
public final class Main {

    private static final Map<String, Command> COMMANDS = Map.of(
            "thumbprint", new ThumbprintCommand(),
            "settings", new SettingsCommand(),
            "help", Main::help,
            "--help", Main::help,
            "-h", Main::help,
            "version", Main::version,
            "--version", Main::version);

    private Main() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int status = run(List.of(args), out, err);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs the command and returns the exit status. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            return command(args).run(args.subList(1, args.size()), out, err);
        } catch (MisuseException e) {
            err.println("thumbkeeper: " + e.getMessage());
            err.println("hint: see [help] for what is accepted");
            return Command.MISUSE;
        }
    }

    private static Command command(List<String> args) throws MisuseException {
        if (args.isEmpty()) {
            throw new MisuseException("no command is given");
        }
        Command command = COMMANDS.get(args.get(0));
        if (command == null) {
            throw MisuseException.of(args.get(0), "is not a command; accepted are thumbprint, settings, version, help");
        }
        return command;
    }

    private static int help(List<String> args, PrintStream out, PrintStream err) {
        out.print(Help.TEXT);
        return Command.DONE;
    }

    private static int version(List<String> args, PrintStream out, PrintStream err) {
        String version = Main.class.getPackage().getImplementationVersion();
        out.println("thumbkeeper " + (version == null ? "(not run from its jar)" : version));
        return Command.DONE;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
