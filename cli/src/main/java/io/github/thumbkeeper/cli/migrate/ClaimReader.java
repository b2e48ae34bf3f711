/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.ParsedRules;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values that a policy compares with properties of a certificate. Not thread-safe. */
final class ClaimReader {

    private static final RuleContext ANY_RULE = new RuleContext(true, false, true);
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9:._-]+|\\$\\{[A-Za-z0-9._-]+}");

    private final Notes notes;

    ClaimReader(Notes notes) {
        this.notes = notes;
    }

    /** Returns the value of an attribute of {@code identities} with the same meaning. */
    String value(String attribute, String text, int index) throws PolicyException {
        Optional<String> placeholder = NamedValue.placeholder(text, index);
        if (placeholder.isPresent()) {
            notes.remark(
                    index,
                    Remark.Kind.TO_DO,
                    "replace " + placeholder.get() + " by the named value " + SafeText.quoted(text.strip())
                            + "; no gate starts before");
            return placeholder.get();
        }
        String value = switch (attribute) {
            case "thumbprint", "issuer-thumbprint" -> thumbprint(text, index);
            case "serial-number" -> serial(text, index);
            case "subject", "issuer-subject" -> name(text, index);
            default -> text;
        };
        check(attribute, value, index);
        return value;
    }

    private String thumbprint(String text, int index) throws PolicyException {
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parse(text, TextOrigin.SETTING);
        if (!parsed.problems().isEmpty()) {
            throw new PolicyException(index, "the thumbprint " + String.join("; ", parsed.problems()));
        }
        return parsed.digests().get(0).toString();
    }

    /** The gateway prints a serial number as the hex of its bytes, with a zero byte before a high bit. */
    private static String serial(String text, int index) throws PolicyException {
        if (!text.matches("([0-9A-Fa-f]{2}){1,40}")) {
            throw new PolicyException(
                    index, "the serial number " + SafeText.quoted(text) + " is not hex; expected pairs of hex digits");
        }
        BigInteger number = new BigInteger(HexFormat.of().parseHex(text));
        boolean same = HexFormat.of().formatHex(number.toByteArray()).equalsIgnoreCase(text);
        if (number.signum() < 0 || !same) {
            throw new PolicyException(
                    index,
                    "the serial number " + SafeText.quoted(text)
                            + " never matches: the gateway prints it with 00 before a"
                            + " first digit of 8 to F, and without other leading zeros");
        }
        return "0x" + number.toString(16);
    }

    private static String name(String text, int index) throws PolicyException {
        try {
            return DotNetName.toRfc2253(text);
        } catch (IllegalArgumentException e) {
            throw new PolicyException(
                    index,
                    SafeText.quoted(text) + " is not a distinguished name; expected the form of the gateway, such as"
                            + " CN=alice, O=Example");
        }
    }

    private static void check(String attribute, String value, int index) throws PolicyException {
        ParsedRules parsed = RuleParser.parse(rule(attribute, value, index), ANY_RULE);
        if (!parsed.problems().isEmpty()) {
            throw new PolicyException(
                    index, String.join("; ", parsed.problems()).replace("rule 1: ", ""));
        }
    }

    /** Returns a claim in the syntax of {@code identities}, preferably without the quotes that XML must escape. */
    static String rule(String attribute, String value, int index) throws PolicyException {
        boolean apostrophe = value.indexOf('\'') >= 0;
        if (apostrophe && value.indexOf('"') >= 0) {
            throw new PolicyException(
                    index, SafeText.quoted(value) + " has both kinds of quotes, which no rule can contain");
        }
        String quote = BARE.matcher(value).matches() ? "" : apostrophe ? "\"" : "'";
        return attribute + "=" + quote + value + quote;
    }
}
