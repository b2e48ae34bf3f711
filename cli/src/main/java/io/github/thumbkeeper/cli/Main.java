/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The command line tool, contained in the valve's jar.
 *
 * <pre>{@code
 * java -jar thumbkeeper-valve.jar thumbprint alice.pem
 * }</pre>
 *
 * <p>It prints the result to the standard output, in UTF-8, and problems and hints to the standard error. The exit status is 0
 * for success, 1 for a file that is refused or cannot be read, and 2 for wrong arguments.
 *
 * <p>Add a command by implementing {@link Command} and adding it to the map below and to {@link Help}.
 */
public final class Main {

    private static final Map<String, Command> COMMANDS = Map.of(
            "thumbprint", new ThumbprintCommand(),
            "settings", new SettingsCommand(),
            "migrate", new MigrateCommand(),
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
        } catch (UsageException e) {
            err.println("thumbkeeper: " + e.getMessage());
            err.println("hint: run [help] for the commands and their options");
            return Command.USAGE;
        }
    }

    private static Command command(List<String> args) throws UsageException {
        if (args.isEmpty()) {
            throw new UsageException("no command is given");
        }
        Command command = COMMANDS.get(args.get(0));
        if (command == null) {
            throw UsageException.of(
                    args.get(0), "is not a command; expected thumbprint, settings, migrate, version or help");
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
