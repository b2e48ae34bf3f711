/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.settings.Setting;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the table of settings for people to read. */
final class SettingsReference {

    private static final int WIDTH = 96;
    private static final String INDENT = "    ";

    private static final String MARKDOWN_HEAD = """
            # Settings

            This page is generated from the code. Do not edit it. To write it again, run
            `java -cp core/target/classes io.github.thumbkeeper.cli.Main settings --markdown > docs/settings.md`.

            The names are the same everywhere: attributes of the valve, init parameters of the filter, keys of the
            properties file that `settingsFile` names. A setting that is unknown, malformed or given twice stops the start.
            The message names every problem at once.

            Durations are a whole number and `s`, `m` or `h`, such as `30s` or `10m`.
            At least one of `thumbprints`, `publicKeyPins`, `store` and `identities` must be set.

            | setting | value | default | what it does |
            |---|---|---|---|
            """;

    private SettingsReference() {}

    /** Returns the table for a terminal. */
    static String text() {
        return Arrays.stream(Setting.values()).map(SettingsReference::paragraph).collect(Collectors.joining("\n"));
    }

    /** Returns the page {@code docs/settings.md}. */
    static String markdown() {
        return Arrays.stream(Setting.values())
                .map(SettingsReference::row)
                .collect(Collectors.joining("", MARKDOWN_HEAD, ""));
    }

    private static String paragraph(Setting setting) {
        String standard = setting.standard() == null ? "no default" : "default " + setting.standard();
        return setting.key() + "\n"
                + INDENT + setting.type() + "; " + standard + "\n"
                + wrapped(setting.sentence().replace("`", ""));
    }

    private static String row(Setting setting) {
        String standard = setting.standard() == null ? "–" : "`" + setting.standard() + "`";
        return "| `" + setting.key() + "` | " + inCell(setting.type()) + " | " + inCell(standard) + " | "
                + inCell(setting.sentence()) + " |\n";
    }

    private static String inCell(String text) {
        return text.replace("|", "\\|");
    }

    private static String wrapped(String sentence) {
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        return out.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
