/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.settings.Setting;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints the table of all settings, for a terminal or as the page {@code docs/settings.md}. */
final class SettingsCommand implements Command {

    private static final String MARKDOWN = "--markdown";
    private static final int WIDTH = 96;
    private static final String INDENT = "    ";

    private static final String MARKDOWN_HEAD = """
            # Settings

            This page is generated from the table in `Setting.java`. Do not edit it. To write it again, run
            `mvn -pl cli -am test -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dthumbkeeper.write=true`.

            The names are the same everywhere: attributes of the valve, init parameters of the filter, keys of the
            properties file that `settingsFile` names. An unknown or malformed setting, or one given twice, refuses to
            start. The message lists every problem at once.

            Durations are a whole number and `s`, `m`, `h` or `d`, such as `30s` or `10m`.
            At least one of `thumbprints`, `publicKeyPins`, `store` and `identities` must be set.

            | setting | value | default | description |
            |---|---|---|---|
            """;

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(args, Set.of(), Set.of(MARKDOWN));
        if (!arguments.operands().isEmpty()) {
            throw UsageException.of(arguments.operands().get(0), "is unexpected: settings takes no file");
        }
        out.print(arguments.has(MARKDOWN) ? markdown() : text());
        return DONE;
    }

    /** Returns the table for a terminal. */
    private static String text() {
        return Arrays.stream(Setting.values()).map(SettingsCommand::paragraph).collect(Collectors.joining("\n"));
    }

    /** Returns the page {@code docs/settings.md}. */
    private static String markdown() {
        return Arrays.stream(Setting.values())
                .map(SettingsCommand::row)
                .collect(Collectors.joining("", MARKDOWN_HEAD, ""));
    }

    private static String paragraph(Setting setting) {
        String defaultValue = setting.defaultValue() == null ? "no default" : "default " + setting.defaultValue();
        return setting.key() + "\n"
                + INDENT + setting.type() + "; " + defaultValue + "\n"
                + wrapped(setting.description().replace("`", ""));
    }

    private static String row(Setting setting) {
        String defaultValue = setting.defaultValue() == null ? "–" : "`" + setting.defaultValue() + "`";
        return "| `" + setting.key() + "` | " + inCell(setting.type()) + " | " + inCell(defaultValue) + " | "
                + inCell(setting.description()) + " |\n";
    }

    private static String inCell(String text) {
        return text.replace("|", "\\|");
    }

    private static String wrapped(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        return out.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
