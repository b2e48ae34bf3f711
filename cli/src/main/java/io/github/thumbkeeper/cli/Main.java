/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.SafeText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line tool, contained in the valve's jar.
 *
 * <pre>{@code
 * java -jar thumbkeeper-valve.jar thumbprint alice.pem
 * }</pre>
 *
 * <p>It prints the answer to the standard output, in UTF-8, and problems and hints to the standard error. The exit status is 0
 * for success, 1 for a file that is refused or for findings, and 2 for wrong arguments.
 *
 * <p>Add a command by a subclass of {@link ToolCommand} and a line in {@link #commandLine}.
 */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Console console = new Console(System.in, out, err, Console.isColourful(System.getenv()));
        int status = run(List.of(args), console);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** Runs the command for another program, without colours, and returns the exit status. */
    public static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, new Console(in, out, err, false));
    }

    /** Runs the command and returns the exit status. */
    static int run(List<String> args, Console console) {
        int status = commandLine(console).execute(args.toArray(String[]::new));
        console.flush();
        return status;
    }

    /** Returns the tool with all its commands. */
    static CommandLine commandLine(Console console) {
        CommandLine tool = new CommandLine(new Tool(console))
                .addSubcommand(new ThumbprintCommand(console))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new RefusedCommand(console))
                .addSubcommand(new SettingsCommand(console))
                .addSubcommand(new MigrateCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new VersionCommand(console))
                .addSubcommand(new HelpCommand());
        tool.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Main::commandList);
        // Files named by @ would be read before the arguments are checked.
        return tool.setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colourful() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((problem, args) -> refuse(console, problem))
                .setExecutionExceptionHandler((failure, command, result) -> ToolCommand.fail(console, failure));
    }

    /** Returns the commands with the first sentence of each description; picocli would take the first line of the examples. */
    private static String commandList(CommandLine.Help help) {
        return help.subcommands().values().stream()
                .map(each -> each.commandSpec())
                .map(each -> String.format(
                        "  %-12s%s%n",
                        each.name(), each.usageMessage().description()[0].replaceFirst("(?<=[.:]) .*|:.*", "")))
                .collect(Collectors.joining());
    }

    private static int refuse(Console console, ParameterException problem) {
        return ToolCommand.misuse(console, command(problem), why(problem));
    }

    private static String command(ParameterException problem) {
        return problem.getCommandLine().getCommandSpec().qualifiedName(" ").replaceFirst("^thumbkeeper ?", "");
    }

    /** Says why arguments are wrong. What follows {@code =} is never repeated: it may be a password. */
    private static String why(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String argument = unmatched.getUnmatched().get(0);
            int equals = argument.indexOf('=');
            boolean option = argument.startsWith("-");
            String name = option && equals > 0 ? argument.substring(0, equals) : argument;
            if (!option && problem.getCommandLine().getParent() == null) {
                return SafeText.quoted(name) + " is not a command; expected "
                        + String.join(
                                ", ", problem.getCommandLine().getSubcommands().keySet());
            }
            return SafeText.quoted(name) + (option ? " is not an option of this command" : " is unexpected");
        }
        if (problem instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0));
        }
        if (problem instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        ArgSpec argument = problem.getArgSpec();
        return argument == null ? "the arguments are not valid" : name(argument) + " does not take this value";
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec ? name(argument) + " needs a value" : name(argument) + " is missing";
    }

    private static String name(ArgSpec argument) {
        return "[" + (argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel()) + "]";
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The tool without a command. */
    @Command(
            name = "thumbkeeper",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            headerHeading = "Examples%n",
            header = {
                "  the thumbprint to paste into the settings",
                "    thumbkeeper thumbprint alice.pem",
                "  the certificates of a folder and of a key store, with what is wrong with them",
                "    thumbkeeper list --password-file secret.txt /etc/clients clients.p12",
                "  all that a start of Tomcat would report, and what ends soon",
                "    thumbkeeper check /opt/tomcat",
                "  why a certificate is refused, and what to change to admit it",
                "    thumbkeeper explain /opt/tomcat/conf/server.xml alice.pem",
                "  what a setting means",
                "    thumbkeeper settings clockSkew",
                "  a policy of API Management as a valve and a filter",
                "    thumbkeeper migrate policy.xml",
                ""
            },
            synopsisHeading = "Usage%n  ",
            customSynopsis = "java -jar thumbkeeper-valve.jar COMMAND ...",
            descriptionHeading = "%n",
            description = "Thumbprints of client certificates, and the settings of gates.",
            optionListHeading = "%nOptions%n",
            commandListHeading = "%nCommands%n",
            footerHeading = "%n",
            footer = {
                "The answer goes to the standard output, problems and hints to the standard error.",
                "Exit status: 0 fine, 1 refused or findings, 2 wrong arguments.",
                "The examples assume: alias thumbkeeper='java -jar thumbkeeper-valve.jar'"
            })
    private static final class Tool extends ToolCommand {
        Tool(Console console) {
            super(console);
        }

        @Override
        int run() throws UsageException {
            throw new UsageException("no command is given");
        }
    }
}
