/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.cli.migrate.Configuration;
import io.github.thumbkeeper.cli.migrate.Migration;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a policy document of API Management as the configuration of a valve and of a filter. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  a policy of Azure API Management as a valve and as a filter, with remarks",
            "    thumbkeeper migrate policy.xml",
            "  the policy of an API, from the clipboard",
            "    xclip -o | thumbkeeper migrate -",
            ""
        },
        description = {
            "Prints a policy of API Management for client certificates as a valve and as a filter.",
            "A part about certificates that it does not understand is an error with line and column."
        })
final class MigrateCommand extends ToolCommand {

    private static final String STANDARD_INPUT = "-";

    /** Enough for the longest document in UTF-8. */
    private static final int MOST_BYTES = 4 * Migration.LONGEST;

    @Parameters(
            paramLabel = "POLICY.xml|-",
            description = "a policy document or a part of one, - for the standard input")
    private String file = "";

    MigrateCommand(Console console) {
        super(console);
    }

    @Override
    int run() {
        String document;
        try {
            document = TextEncoding.decode(read());
        } catch (CharacterCodingException e) {
            console().problem(SafeText.quoted(file) + " is not UTF-8; expected a policy document in UTF-8");
            return REFUSED;
        } catch (IOException | InvalidPathException e) {
            console().problem(SafeText.quoted(file) + " cannot be read: " + LoggableFailure.describe(e));
            return REFUSED;
        }
        Migration migration = Migration.of(document);
        if (migration instanceof Migration.Failed failed) {
            failed.problems().forEach(problem -> console().problem(SafeText.text(file) + ": " + problem));
            return REFUSED;
        }
        print((Migration.Translated) migration, console().out());
        return DONE;
    }

    private byte[] read() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return console().in().readNBytes(MOST_BYTES);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static void print(Migration.Translated translated, PrintWriter out) {
        Configuration configuration = new Configuration(translated.settings());
        out.println("<!-- Remarks on the policy");
        translated.remarks().forEach(remark -> out.println("     " + inComment(remark.toString())));
        out.println("-->");
        out.println();
        out.println(
                "<!-- The valve, for server.xml or META-INF/context.xml. The connector must ask for a certificate. -->");
        out.print(configuration.valve());
        out.println();
        out.println("<!-- Or the filter, first in web.xml -->");
        out.print(configuration.filter());
    }

    /** XML does not allow two hyphens in a comment. */
    private static String inComment(String text) {
        return text.replaceAll("-(?=-)", "- ");
    }
}
