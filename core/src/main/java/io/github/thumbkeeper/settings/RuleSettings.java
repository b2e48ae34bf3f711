/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.ReloadingRules;
import io.github.thumbkeeper.rule.ParsedRules;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.TextFile;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the setting that contains rules or names their file. */
final class RuleSettings {

    private static final String FILE = "file:";

    private final SettingValues values;
    private final ContainerResources resources;
    private final List<String> warnings;

    /** Opens the rules when the gate is opened. */
    @FunctionalInterface
    interface Source {
        ReloadingRules book(InstantSource clock, LongSupplier ticker);
    }

    RuleSettings(SettingValues values, ContainerResources resources, List<String> warnings) {
        this.values = values;
        this.resources = resources;
        this.warnings = warnings;
    }

    Source read(RuleContext context, boolean allowEmpty) {
        String text = values.text(Setting.IDENTITIES);
        if (text == null) {
            return (clock, ticker) -> ReloadingRules.of(Rules.NONE);
        }
        return text.startsWith(FILE) ? file(text, context, allowEmpty) : inline(text, context);
    }

    private Source inline(String text, RuleContext context) {
        ParsedRules parsed = RuleParser.parse(text, context);
        parsed.problems().forEach(problem -> values.problem(Setting.IDENTITIES, problem));
        parsed.conflicts().forEach(conflict -> values.conflict(Setting.IDENTITIES, conflict));
        parsed.warnings().forEach(warning -> warnings.add("TK-403 identities: " + warning));
        if (parsed.rules().isEmpty()
                && parsed.problems().isEmpty()
                && parsed.conflicts().isEmpty()) {
            values.problem(
                    Setting.IDENTITIES, "the value contains no rules; expected at least one, or leave the setting out");
        }
        Rules rules = new Rules(parsed.rules());
        return (clock, ticker) -> ReloadingRules.of(rules);
    }

    private Source file(String location, RuleContext context, boolean allowEmpty) {
        try {
            Path path = resources.file(location.substring(FILE.length()));
            TextFile<List<Rule>> file = new TextFile<>(location, path, (text, previous, told) -> {
                List<Rule> rules = parseFile(location, text, context, allowEmpty, told);
                requireLabels(location, previous, rules);
                return rules;
            });
            return (clock, ticker) -> ReloadingRules.of(file, clock, ticker);
        } catch (StoreException | RuntimeException e) {
            values.problem(
                    Setting.IDENTITIES, SettingValues.why(location, e) + "; expected rules, or file: and a path");
            return (clock, ticker) -> ReloadingRules.of(Rules.NONE);
        }
    }

    private static List<Rule> parseFile(
            String location, String text, RuleContext context, boolean allowEmpty, Consumer<String> told)
            throws StoreException {
        if (isCutOff(text)) {
            throw new StoreException(
                    location, "may be cut off; expected a file whose last line ends with a line break", null);
        }
        ParsedRules parsed = RuleParser.parseFile(text, context);
        List<String> problems = new ArrayList<>(parsed.problems());
        problems.addAll(parsed.conflicts());
        if (!problems.isEmpty()) {
            throw new StoreException(location, "has bad rules: " + String.join("; ", problems), null);
        }
        if (parsed.rules().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location, "contains no rules; expected a file with rules, or allowEmptyStore=true", null);
        }
        parsed.warnings().forEach(told);
        return parsed.rules();
    }

    /** Refuses a file that no longer has a rule with a label: every entry of the stores would count, perhaps by mistake. */
    private static void requireLabels(String location, @Nullable List<Rule> previous, List<Rule> rules)
            throws StoreException {
        if (previous != null && new Rules(previous).hasLabels() && !new Rules(rules).hasLabels()) {
            throw new StoreException(
                    location,
                    "has no rule with a label any more, so all entries of the stores would count again; restart the"
                            + " gate if this is intended",
                    null);
        }
    }

    /** A rule that lost a claim or a letter is another rule, perhaps a broader one. */
    private static boolean isCutOff(String text) {
        return !text.isEmpty() && "\n\r;".indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
