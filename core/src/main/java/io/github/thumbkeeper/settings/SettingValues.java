/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of all settings of one gate, and the problems found in it. Collects every problem, so that the administrator can
 * fix them in one go.
 *
 * <p>Not thread-safe until every setting has been read; from then on it does not change.
 */
final class SettingValues {

    /** Separates members that may contain blanks, such as locations. */
    static final Pattern COMMAS_OR_LINES = Pattern.compile("\\s*[,;]\\s*|\\s*[\r\n]\\s*");

    /** Separates members without blanks. */
    static final Pattern COMMAS_OR_BLANKS = Pattern.compile("\\s*[,;]\\s*|\\s+");

    static final Pattern COMMAS = Pattern.compile(",");

    /** The most wrong letters in a name for which a hint is given. */
    private static final int MOST_WRONG = 2;

    private static final int NEAREST = 3;

    /** The settings of which a gate needs at least one, unless it may start without a list. */
    static final Set<Setting> LISTS =
            Set.of(Setting.THUMBPRINTS, Setting.PUBLIC_KEY_PINS, Setting.STORE, Setting.IDENTITIES);

    /** Longer than every name of a setting: the rest of an unknown name makes no difference. */
    private static final int LONGEST_COMPARED = 40;

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Set<Setting> given = EnumSet.noneOf(Setting.class);
    private final List<String> problems = new ArrayList<>();
    private final List<String> unknownNames = new ArrayList<>();
    private boolean incomplete;

    /** Adds settings by name. */
    void add(Map<String, String> given, String origin) {
        given.forEach((key, value) ->
                Setting.named(key).ifPresentOrElse(setting -> add(setting, value, origin), () -> unknown(key, origin)));
    }

    /**
     * Adds a setting from a settings file, whose names may be passwords if it is the wrong file.
     *
     * @param number the position of the setting in the file, from 1
     */
    void addFromFile(int number, String key, String value, String origin) {
        Setting.named(key)
                .ifPresentOrElse(
                        setting -> add(setting, value, origin), () -> unknownInFile(number, key, value, origin));
    }

    List<String> problems() {
        return problems;
    }

    /** Records that a file with settings could not be read: any setting may be in it. */
    void markIncomplete() {
        incomplete = true;
    }

    /** Returns whether settings may be missing only because a name is unknown, or because a file could not be read. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** Returns whether a setting that is not set may be one of the unknown names, or in a file that could not be read. */
    boolean mayBeMisspelt(Setting missing) {
        return incomplete
                && (unknownNames.isEmpty()
                        || unknownNames.stream().anyMatch(name -> distance(missing.key(), name) <= name.length() / 2));
    }

    boolean isSet(Setting setting) {
        return given.contains(setting);
    }

    /** Adds a problem for every value that does not have the syntax of its setting. */
    void checkSyntax() {
        values.forEach((setting, value) -> {
            String expected = setting.syntax().expectedInsteadOf(value);
            if (expected != null) {
                problem(setting, SafeText.quoted(value) + " is not valid; expected " + expected);
            }
        });
    }

    /** Adds a problem for every setting that has no effect, because none of those it belongs to is set. */
    void checkOwners() {
        for (Setting setting : given) {
            List<Setting> owners = setting.owners();
            if (!owners.isEmpty() && owners.stream().noneMatch(owner -> isInUse(owner) || mayBeMisspelt(owner))) {
                String names =
                        owners.stream().map(owner -> "[" + owner.key() + "]").collect(Collectors.joining(" or "));
                boolean flag = owners.get(0).syntax() == ValueSyntax.FLAG;
                conflict(setting, "belongs to " + names + ", which is " + (flag ? "[false]" : "not set"));
            }
        }
    }

    private boolean isInUse(Setting setting) {
        return isSet(setting) && !is(setting, "false");
    }

    void conflict(Setting setting, String text) {
        problems.add("TK-204 " + setting.key() + ": " + text);
    }

    /** Returns whether a problem of this setting has been added. */
    boolean hasProblem(Setting setting) {
        return problems.stream().anyMatch(problem -> problem.startsWith("TK-203 " + setting.key() + ":"));
    }

    /** Adds a store that cannot be read. */
    void unreadable(StoreException failure) {
        failure.problems().forEach(problem -> problems.add("TK-302 " + problem));
    }

    /** Adds the problem of a location that a setting names. */
    void problem(Setting setting, String location, StoreException why) {
        problem(setting, why(location, why));
    }

    /** Returns the problem of a location without the name of its setting. */
    static String why(String location, Exception failure) {
        return SecretText.quoted(location) + " "
                + (failure instanceof StoreException known
                        ? known.why()
                        : "is not a location (" + LoggableFailure.describe(failure) + ")");
    }

    void problem(Setting setting, String text) {
        problems.add("TK-203 " + setting.key() + ": " + text);
    }

    /** Returns the value or its default; null if it has neither. */
    @Nullable
    String text(Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    // A malformed value is a problem that stops the start, so the following methods return a value of their own choice
    // for it.

    /** Returns whether a flag is true. A malformed one counts as true, which causes the fewest further problems. */
    boolean isOn(Setting setting) {
        return !is(setting, "false");
    }

    /** Returns whether a setting has this value. */
    boolean is(Setting setting, String value) {
        return value.equals(text(setting));
    }

    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> is(setting, ValueSyntax.spelling(constant)))
                .findFirst()
                .orElse(constants[0]);
    }

    /** Returns the value of a duration that has a default. */
    Duration duration(Setting setting) {
        return Objects.requireNonNull(durationOrNull(setting));
    }

    /** Returns the value of a duration; null if it is left out and has no default. */
    @Nullable
    Duration durationOrNull(Setting setting) {
        String value = wellFormed(setting);
        return value == null ? null : ValueSyntax.Time.parse(value);
    }

    /** Returns the value of a number that has a default. */
    int number(Setting setting) {
        return ValueSyntax.WholeNumber.parse(Objects.requireNonNull(wellFormed(setting)));
    }

    /** Returns the value of a number, or another one if it is left out. */
    int numberOr(Setting setting, int leftOut) {
        String value = wellFormed(setting);
        return value == null ? leftOut : ValueSyntax.WholeNumber.parse(value);
    }

    private @Nullable String wellFormed(Setting setting) {
        return isMalformed(setting) ? setting.defaultValue() : text(setting);
    }

    boolean isMalformed(Setting setting) {
        String value = text(setting);
        return value != null && setting.syntax().expectedInsteadOf(value) != null;
    }

    /**
     * Returns the members of a list. A separator may follow the last one, as at the end of each line; an empty member
     * anywhere else is a problem.
     */
    List<String> members(Setting setting, Pattern separator) {
        String value = text(setting);
        if (value == null) {
            return List.of();
        }
        List<String> pieces = Arrays.stream(separator.split(value, -1))
                .map(String::strip)
                .collect(Collectors.toCollection(ArrayList::new));
        int last = pieces.size() - 1;
        if (last > 0 && pieces.get(last).isEmpty()) {
            pieces.remove(last);
        }
        if (pieces.removeIf(String::isEmpty)) {
            problem(
                    setting,
                    SecretText.quoted(value) + " has an empty member; expected a value between any two separators");
        }
        return pieces;
    }

    /**
     * Splits at commas, semicolons and line breaks outside of quotes; an empty last member is left out. In quotes after
     * {@code issuer=}, a backslash protects the character that follows (RFC 4514 section 2.4); elsewhere it may end a path of Windows.
     */
    static List<String> quotedMembers(String text) {
        List<String> members = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == '\\' && text.substring(start, i).strip().startsWith("issuer=")) {
                i++;
            } else if (quote == 0 && (c == ',' || c == ';' || c == '\n' || c == '\r')) {
                members.add(text.substring(start, i).strip());
                start = i + 1;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        String last = text.substring(start).strip();
        if (!last.isEmpty()) {
            members.add(last);
        }
        return members;
    }

    private void add(Setting setting, String value, String origin) {
        if (!given.add(setting)) {
            problems.add(
                    "TK-201 " + setting.key() + ": is given twice, the second time in " + origin + "; expected once");
        } else if (value.isBlank() && !setting.mayBeEmpty()) {
            problem(
                    setting,
                    "the value is empty; expected " + setting.type() + ", or leave the setting out " + remedy(setting));
        } else if (Placeholder.isIn(value)) {
            // Also for a secret: everyone who knows the configuration would know it.
            String shown = setting.isSecret() ? "(not shown here)" : SecretText.quoted(value);
            problem(setting, shown + " contains a placeholder that nothing has replaced");
        } else {
            values.put(setting, setting.isSecret() ? value : value.strip());
        }
    }

    private static String remedy(Setting setting) {
        if (LISTS.contains(setting)) {
            return "if another one lists the certificates";
        }
        return setting.defaultValue() == null
                ? "if it is not needed"
                : "for the default " + SafeText.quoted(setting.defaultValue());
    }

    private void unknown(String key, String origin) {
        String hint = similar(key, MOST_WRONG)
                .map(known -> "; did you mean [" + known + "]? The")
                .orElse("; the");
        unknownNames.add(key);
        List<String> nearest = nearest(key);
        int last = nearest.size() - 1;
        unknown(SafeText.quoted(key) + " in " + origin + " is unknown" + hint + " nearest names are "
                + String.join(", ", nearest.subList(0, last)) + " and " + nearest.get(last));
    }

    /** Shows a name only if it is close to that of a setting and has a value: a line without {@code =} may be a password. */
    private void unknownInFile(int number, String key, String value, String origin) {
        int wrong = Math.min(MOST_WRONG, (key.length() - 1) / 2);
        if (!value.isEmpty() && similar(key, wrong).isPresent()) {
            unknown(key, origin);
        } else {
            unknown("number " + number + " in " + origin + " has as its name " + TextOrigin.unshown(key)
                    + "; expected the name of a setting, such as thumbprints or store");
        }
    }

    private static Optional<String> similar(String key, int wrong) {
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(known -> distance(known, key) <= wrong)
                .min(Comparator.comparingInt(known -> distance(known, key)));
    }

    private static List<String> nearest(String key) {
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .sorted(Comparator.comparingInt(known -> distance(known, key)))
                .limit(NEAREST)
                .toList();
    }

    private void unknown(String text) {
        incomplete = true;
        problems.add("TK-202 setting " + text);
    }

    /** Returns the Levenshtein distance of a setting's name and another one, without regard to case. */
    private static int distance(String known, String key) {
        String one = known.toLowerCase(Locale.ROOT);
        String other =
                key.substring(0, Math.min(key.length(), LONGEST_COMPARED)).toLowerCase(Locale.ROOT);
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
