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

/** Makes rules of the setting that holds them or names their file. */
final class RuleSettings {

    private static final String FILE = "file:";

    private final SettingValues values;
    private final ContainerResources resources;
    private final List<String> warnings;

    /** Where a gate gets its rules from when it is opened. */
    @FunctionalInterface
    interface Source {
        ReloadingRules book(InstantSource clock, LongSupplier ticker);
    }

    RuleSettings(SettingValues values, ContainerResources resources, List<String> warnings) {
        this.values = values;
        this.resources = resources;
        this.warnings = warnings;
    }

    Source read(RuleContext demands, boolean allowEmpty) {
        String text = values.text(Setting.IDENTITIES);
        if (text == null) {
            return (clock, ticker) -> ReloadingRules.of(Rules.NONE);
        }
        return text.startsWith(FILE) ? file(text, demands, allowEmpty) : inline(text, demands);
    }

    private Source inline(String text, RuleContext demands) {
        ParsedRules parsed = RuleParser.parse(text, demands);
        parsed.problems().forEach(problem -> values.problem(Setting.IDENTITIES, problem));
        parsed.conflicts().forEach(conflict -> values.conflict(Setting.IDENTITIES, conflict));
        parsed.warnings().forEach(warning -> warnings.add("TK-403 identities: " + warning));
        if (parsed.rules().isEmpty()
                && parsed.problems().isEmpty()
                && parsed.conflicts().isEmpty()) {
            values.problem(Setting.IDENTITIES, "holds no rule; leave it out, or write one");
        }
        Rules rules = new Rules(parsed.rules());
        return (clock, ticker) -> ReloadingRules.of(rules);
    }

    private Source file(String location, RuleContext demands, boolean allowEmpty) {
        try {
            Path path = resources.file(location.substring(FILE.length()));
            TextFile<List<Rule>> file = new TextFile<>(location, path, (text, previous, told) -> {
                List<Rule> rules = parseFile(location, text, demands, allowEmpty, told);
                requireLabels(location, previous, rules);
                return rules;
            });
            return (clock, ticker) -> ReloadingRules.of(file, clock, ticker);
        } catch (StoreException | RuntimeException e) {
            values.problem(
                    Setting.IDENTITIES, e.getMessage() + "; accepted are rules, and file: and the path of a file");
            return (clock, ticker) -> ReloadingRules.of(Rules.NONE);
        }
    }

    private static List<Rule> parseFile(
            String location, String text, RuleContext demands, boolean allowEmpty, Consumer<String> told)
            throws StoreException {
        if (isCutOff(text)) {
            throw new StoreException(
                    location, "may be cut off; accepted is a file whose last line ends with a line break", null);
        }
        ParsedRules parsed = RuleParser.parseFile(text, demands);
        List<String> problems = new ArrayList<>(parsed.problems());
        problems.addAll(parsed.conflicts());
        if (!problems.isEmpty()) {
            throw new StoreException(location, "has bad rules: " + String.join("; ", problems), null);
        }
        if (parsed.rules().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location, "holds no rule; accepted is a file with rules, or allowEmptyStore=true", null);
        }
        parsed.warnings().forEach(told);
        return parsed.rules();
    }

    /** As soon as no rule claims a label, every entry of a store counts: that a line is missing may be a mistake. */
    private static void requireLabels(String location, @Nullable List<Rule> previous, List<Rule> rules)
            throws StoreException {
        if (previous != null && new Rules(previous).hasLabels() && !new Rules(rules).hasLabels()) {
            throw new StoreException(
                    location,
                    "claims no label any more, so that all entries of the stores would count again; a gate that is"
                            + " started anew takes it so",
                    null);
        }
    }

    /** A claim or a letter less is another rule, and perhaps a broader one. */
    private static boolean isCutOff(String text) {
        return !text.isEmpty() && "\n\r;".indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
