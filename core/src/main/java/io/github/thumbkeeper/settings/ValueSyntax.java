/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.SafeText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syntax of the values of a setting: shown on the settings page, and checked before any value is used.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface ValueSyntax {

    ValueSyntax FLAG = oneOf("true", "false");

    /** Returns the values in a few words, for the settings page. */
    String description();

    /** Returns what the value should be, for an error message; null if the value has this syntax. */
    @Nullable
    String expectedInsteadOf(String value);

    static ValueSyntax text(String description) {
        return new Text(description, Display.SHOWN, false);
    }

    /** Returns text that the start-up line leaves out: a long list, or a query that may contain a password. */
    static ValueSyntax omittedText(String description) {
        return new Text(description, Display.OMITTED, false);
    }

    /** Returns text that no message ever shows. */
    static ValueSyntax secret(String description) {
        return new Text(description, Display.SECRET, false);
    }

    /** Returns text that no message ever shows and that may be empty: there are key stores with the empty password. */
    static ValueSyntax password() {
        return new Text("password, may be empty", Display.SECRET, true);
    }

    static ValueSyntax oneOf(String... values) {
        return new Choice(List.of(values));
    }

    static <E extends Enum<E>> ValueSyntax oneOf(Class<E> type) {
        return new Choice(Arrays.stream(type.getEnumConstants())
                .map(ValueSyntax::spelling)
                .toList());
    }

    static ValueSyntax number(int least, int most) {
        return new WholeNumber(least, most);
    }

    static ValueSyntax duration(String least, String most) {
        return new Time(Time.parse(least), Time.parse(most));
    }

    /** Returns an enum constant as settings spell it, such as {@code common-name}. */
    static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where a value may be repeated. */
    enum Display {
        /** In the start-up line and in error messages. */
        SHOWN,
        /** In error messages only. */
        OMITTED,
        /** Nowhere. */
        SECRET
    }

    /** Text that the class that uses the setting checks. */
    record Text(String description, Display display, boolean mayBeEmpty) implements ValueSyntax {
        @Override
        public @Nullable String expectedInsteadOf(String value) {
            return null;
        }
    }

    /** One of a few words. */
    record Choice(List<String> values) implements ValueSyntax {
        @Override
        public String description() {
            int last = values.size() - 1;
            return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
        }

        @Override
        public @Nullable String expectedInsteadOf(String value) {
            return values.contains(value) ? null : description();
        }
    }

    /** A whole number within bounds. */
    record WholeNumber(int least, int most) implements ValueSyntax {

        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

        @Override
        public String description() {
            return least + " to " + most;
        }

        @Override
        public @Nullable String expectedInsteadOf(String value) {
            boolean inBounds = DIGITS.matcher(value).matches() && parse(value) >= least && parse(value) <= most;
            return inBounds ? null : "a whole number from " + least + " to " + most;
        }

        static int parse(String digits) {
            return Integer.parseInt(digits);
        }
    }

    /** A whole number of seconds, minutes, hours or days within bounds. */
    record Time(Duration least, Duration most) implements ValueSyntax {

        private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

        @Override
        public String description() {
            return "duration " + bounds();
        }

        @Override
        public @Nullable String expectedInsteadOf(String value) {
            boolean inBounds = AMOUNT.matcher(value).matches()
                    && parse(value).compareTo(least) >= 0
                    && parse(value).compareTo(most) <= 0;
            return inBounds ? null : "a whole number and s, m, h or d, such as 30s or 10m, " + bounds();
        }

        static Duration parse(String value) {
            Matcher matcher = AMOUNT.matcher(value);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(SafeText.quoted(value) + " is not a duration");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "d" -> Duration.ofDays(amount);
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofSeconds(amount);
            };
        }

        private String bounds() {
            return least.isZero() ? "up to " + spelling(most) : "from " + spelling(least) + " to " + spelling(most);
        }

        private static String spelling(Duration duration) {
            return duration.toHours() > 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
        }
    }
}
