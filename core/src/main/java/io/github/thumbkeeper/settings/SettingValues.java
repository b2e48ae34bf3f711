/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the text of settings into values and collects every problem on the way. */
final class SettingValues {

    /** Separates locations, which may hold blanks. */
    static final Pattern COMMAS_OR_LINES = Pattern.compile("\\s*[,;]\\s*|\\s*[\r\n]\\s*");

    /** Separates what holds no blanks. */
    static final Pattern COMMAS_OR_BLANKS = Pattern.compile("\\s*[,;]\\s*|\\s+");

    static final Pattern COMMAS = Pattern.compile(",");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h)");

    /** More wrong letters make another name. */
    private static final int MOST_WRONG = 2;

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Set<Setting> given = EnumSet.noneOf(Setting.class);
    private final List<String> problems = new ArrayList<>();

    /** Takes over values by name. */
    void add(Map<String, String> given, String origin) {
        given.forEach((key, value) ->
                Setting.named(key).ifPresentOrElse(setting -> add(setting, value, origin), () -> unknown(key, origin)));
    }

    /**
     * Takes over a value of a settings file, whose names may be passwords if it is the wrong file.
     *
     * @param number the place of the setting in the file, from 1
     */
    void addFromFile(int number, String key, String value, String origin) {
        Setting.named(key)
                .ifPresentOrElse(
                        setting -> add(setting, value, origin), () -> unknownInFile(number, key, value, origin));
    }

    List<String> problems() {
        return problems;
    }

    boolean isSet(Setting setting) {
        return given.contains(setting);
    }

    /** Sees to it that settings are set only beside one of those that they belong to. */
    void requireFor(List<Setting> any, Setting... parts) {
        if (any.stream().noneMatch(this::isSet)) {
            String owners = any.stream().map(owner -> "[" + owner.key() + "]").collect(Collectors.joining(" or "));
            Arrays.stream(parts)
                    .filter(this::isSet)
                    .forEach(part -> conflict(part, "belongs to " + owners + ", which is not set"));
        }
    }

    void conflict(Setting setting, String text) {
        problems.add("TK-204 " + setting.key() + ": " + text);
    }

    void problem(Setting setting, String text) {
        problems.add("TK-203 " + setting.key() + ": " + text);
    }

    /** Returns the value or its default; null if it has neither. */
    @Nullable
    String text(Setting setting) {
        return values.getOrDefault(setting, setting.standard());
    }

    boolean flag(Setting setting) {
        return choice(setting, "true", "false") == 0;
    }

    /** Returns the position of the value among the accepted ones. */
    int choice(Setting setting, String... accepted) {
        String value = String.valueOf(text(setting));
        int position = Arrays.asList(accepted).indexOf(value);
        if (position < 0) {
            problem(setting, SafeText.quoted(value) + " is not accepted; accepted are " + String.join(", ", accepted));
        }
        return Math.max(position, 0);
    }

    <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String[] accepted =
                Arrays.stream(constants).map(SettingValues::spelling).toArray(String[]::new);
        return constants[choice(setting, accepted)];
    }

    static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Duration duration(Setting setting, Duration most) {
        String value = String.valueOf(text(setting));
        Matcher matcher = DURATION.matcher(value);
        Duration duration = matcher.matches() ? amount(matcher) : Duration.ofSeconds(-1);
        if (duration.isNegative() || duration.compareTo(most) > 0) {
            problem(
                    setting,
                    SafeText.quoted(value)
                            + " is not accepted; accepted is a whole number and s, m or h, such as 30s or"
                            + " 10m, up to " + (most.toHours() > 0 ? most.toHours() + "h" : most.toSeconds() + "s"));
        }
        return duration;
    }

    /** Returns a whole number, or the greatest one if the setting is left out. */
    int number(Setting setting, int least, int most) {
        String value = text(setting);
        if (value == null) {
            return most;
        }
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            problem(
                    setting,
                    SafeText.quoted(value) + " is not accepted; accepted is a whole number from " + least + " to "
                            + most);
        }
        return number;
    }

    private static Duration amount(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /**
     * Returns the members of a list. A separator may stand behind the last one, as at the end of each line; an empty member
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
            problem(setting, SecretText.quoted(value) + " has an empty member");
        }
        return pieces;
    }

    /** Returns what stands between commas, semicolons and line breaks outside of quotes; nothing behind the last of them. */
    static List<String> quotedMembers(String text) {
        List<String> members = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && (c == ',' || c == ';' || c == '\n' || c == '\r')) {
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
            problems.add("TK-201 " + setting.key() + ": is given twice, the second time in " + origin
                    + "; accepted is one place");
        } else if (value.isBlank()) {
            problem(setting, "is empty; leave it out, or give it a value: " + setting.type());
        } else if (Placeholder.isIn(value)) {
            // Of a secret too: whoever knows the configuration would know it.
            String shown = setting.isSecret() ? "(not shown here)" : SecretText.quoted(value);
            problem(setting, shown + " holds a placeholder that nothing has replaced");
        } else {
            values.put(setting, setting.isSecret() ? value : value.strip());
        }
    }

    private void unknown(String key, String origin) {
        String hint = similar(key, MOST_WRONG)
                .map(known -> "; did you mean [" + known + "]?")
                .orElse("");
        unknown(SafeText.quoted(key) + " in " + origin + " is unknown" + hint);
    }

    /** Shows a name only if it is close to that of a setting and has a value: a line without {@code =} may be a password. */
    private void unknownInFile(int number, String key, String value, String origin) {
        int wrong = Math.min(MOST_WRONG, (key.length() - 1) / 2);
        if (!value.isEmpty() && similar(key, wrong).isPresent()) {
            unknown(key, origin);
        } else {
            unknown("number " + number + " in " + origin + " has as its name " + TextOrigin.unshown(key));
        }
    }

    private static Optional<String> similar(String key, int wrong) {
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(known -> distance(known.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT)) <= wrong)
                .findFirst();
    }

    private void unknown(String text) {
        problems.add("TK-202 setting " + text + "; accepted are "
                + Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", ")));
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String one, String other) {
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
