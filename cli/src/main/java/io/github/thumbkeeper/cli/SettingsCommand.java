/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.settings.Setting;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the table of all settings, for a terminal or as the page {@code docs/settings.md}. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {"  one setting", "    thumbkeeper settings clockSkew", "  all of them", "    thumbkeeper settings", ""
        },
        description = "Prints every setting with its values and its default, or the one that is named.")
final class SettingsCommand extends ToolCommand {

    private static final int MOST_NEAR = 3;
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

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "the name of a setting")
    private @Nullable String name;

    @Option(names = "--markdown", description = "print the reference page")
    private boolean markdown;

    SettingsCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws UsageException {
        String wanted = name;
        if (wanted == null) {
            console().out().print(markdown ? markdown() : text());
            return DONE;
        }
        Setting setting = Arrays.stream(Setting.values())
                .filter(each -> each.key().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(wanted));
        console().out().print(markdown ? row(setting) : paragraph(setting));
        return DONE;
    }

    private static UsageException unknown(String name) {
        String near = Arrays.stream(Setting.values())
                .map(Setting::key)
                .sorted(Comparator.comparingInt(key -> distance(key, name)))
                .limit(MOST_NEAR)
                .collect(Collectors.joining(", "));
        return UsageException.of(name, "is not a setting; the nearest are " + near);
    }

    /** Returns the number of letters to insert, remove or replace; letters count without their case. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.substring(0, Math.min(other.length(), SafeText.MAX_LENGTH))
                .toLowerCase(Locale.ROOT);
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
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
