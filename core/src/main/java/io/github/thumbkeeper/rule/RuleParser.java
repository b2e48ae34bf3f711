/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.KeyMaterial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parses rules, and collects every problem so that the administrator can fix them in one go. Not thread-safe.
 *
 * <pre>{@code
 * ParsedRules parsed = RuleParser.parse("common-name=alice issuer-certificate-id=corp roles=orders", context);
 * }</pre>
 */
public final class RuleParser {

    private final RuleContext context;
    private final TextOrigin origin;
    private final List<Rule> rules = new ArrayList<>();
    private final BoundedMessages warnings = new BoundedMessages();
    private final BoundedMessages problems = new BoundedMessages();
    private final BoundedMessages conflicts = new BoundedMessages();
    private int number;
    private int sha1;
    private final List<Integer> narrowing = new ArrayList<>();

    private RuleParser(RuleContext context, TextOrigin origin) {
        this.context = context;
        this.origin = origin;
    }

    /** Parses rules from the value of a setting. */
    public static ParsedRules parse(String text, RuleContext context) {
        return new RuleParser(context, TextOrigin.SETTING).read(text, false);
    }

    /** Parses rules from the text of a file, which may have comments. */
    public static ParsedRules parseFile(String text, RuleContext context) {
        return new RuleParser(context, TextOrigin.STORE).read(text, true);
    }

    private ParsedRules read(String text, boolean comments) {
        if (KeyMaterial.isIn(text)) {
            problems.add("the value looks like a PEM or DER file (not shown here in case it is a private key); expected"
                    + " rules such as common-name=alice");
        } else {
            RuleText all = new RuleText(text, comments);
            while (!all.isAtEnd()) {
                readRule(all);
            }
        }
        if (sha1 > 0) {
            warnings.add(ThumbprintParser.sha1Warning(sha1));
        }
        if (!narrowing.isEmpty()) {
            warnings.add("rule " + narrowing.get(0)
                    + (narrowing.size() > 1 ? " (and " + (narrowing.size() - 1) + " more)" : "")
                    + " has a [label] and [roles]: entries of [store] whose label no matching rule names are refused;"
                    + " expected that, or " + RuleBuilder.ROLES_ALONE);
        }
        return new ParsedRules(rules, warnings.toList(), problems.toList(), conflicts.toList());
    }

    private void readRule(RuleText all) {
        try {
            Map<Attribute, String> attributes = all.next();
            if (!attributes.isEmpty()) {
                number++;
                add(attributes);
            }
        } catch (BadClaimException e) {
            number++;
            problems.add("rule " + number + " " + e.problem(origin));
            all.skipRule();
        }
    }

    private void add(Map<Attribute, String> attributes) {
        RuleBuilder builder = new RuleBuilder(origin);
        attributes.forEach((attribute, value) -> {
            try {
                builder.add(attribute, value);
            } catch (BadClaimException e) {
                problems.add("rule " + number + ": " + attribute.key() + ": " + e.problem(origin));
            }
        });
        builder.problem().ifPresent(problem -> problems.add("rule " + number + " " + problem));
        builder.conflicts(context).forEach(conflict -> conflicts.add("rule " + number + " " + conflict));
        builder.warnings().forEach(warning -> warnings.add("rule " + number + ": " + warning));
        sha1 += builder.sha1();
        if (builder.onlyGivesRoles()) {
            narrowing.add(number);
        }
        rules.add(builder.build());
    }
}
