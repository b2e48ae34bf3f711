/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.cli.migrate.Configuration;
import io.github.thumbkeeper.cli.migrate.Migration;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Prints a policy document of API Management as the configuration of a valve and of a filter. */
final class MigrateCommand implements Command {

    private static final String STANDARD_INPUT = "-";

    /** Enough for the longest document in UTF-8. */
    private static final int MOST_BYTES = 4 * Migration.LONGEST;

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws UsageException {
        // A single - is an operand, which Arguments takes for an option.
        List<String> operands = args.equals(List.of(STANDARD_INPUT))
                ? args
                : Arguments.parse(args, Set.of(), Set.of()).operands();
        if (operands.size() != 1) {
            throw new UsageException("migrate needs one policy document, or - for the standard input");
        }
        String file = operands.get(0);
        String document;
        try {
            document = TextEncoding.decode(read(file));
        } catch (CharacterCodingException e) {
            err.println("thumbkeeper: " + SafeText.quoted(file) + " is not UTF-8; expected a policy document in UTF-8");
            return REFUSED;
        } catch (IOException | InvalidPathException e) {
            err.println("thumbkeeper: " + SafeText.quoted(file) + " cannot be read: " + LoggableFailure.describe(e));
            return REFUSED;
        }
        Migration migration = Migration.of(document);
        if (migration instanceof Migration.Failed failed) {
            failed.problems().forEach(problem -> err.println("thumbkeeper: " + SafeText.text(file) + ": " + problem));
            return REFUSED;
        }
        print((Migration.Translated) migration, out);
        return DONE;
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static void print(Migration.Translated translated, PrintStream out) {
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
