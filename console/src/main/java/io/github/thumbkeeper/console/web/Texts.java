/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the console, from one file, and its forms of numbers and times. Times are in UTC, like those of the log.
 *
 * <p>Immutable and thread-safe.
 */
public final class Texts {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Properties texts = new Properties();

    /** Reads the file. */
    public Texts() {
        try (Reader in = new InputStreamReader(
                Texts.class.getResourceAsStream("/io/github/thumbkeeper/console/messages.properties"),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text, with {@code {0}} and so on replaced. */
    public String get(String key, Object... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("messages.properties has no key [" + key + "]");
        }
        return values.length == 0 ? text : new MessageFormat(text, Locale.ENGLISH).format(values);
    }

    /** Returns whether there is a text. */
    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** Returns all keys. */
    public Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** Returns a time to the minute, in UTC; a dash for null. */
    public String time(@Nullable Instant at) {
        return at == null ? "–" : MINUTE.format(at);
    }

    /** Returns the day of a time, in UTC; a dash for null. */
    public String day(@Nullable Instant at) {
        return at == null ? "–" : DAY.format(at);
    }

    /** Returns a number with thin separators. */
    public String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number).replace(',', ' ');
    }

    /** Returns how far a time is from now, in words. */
    public String distance(Instant at, Instant now) {
        Duration distance = Duration.between(now, at);
        String length = length(distance.abs());
        return distance.isNegative() ? get("time.ago", length) : get("time.in", length);
    }

    /** Returns a duration in its largest unit. */
    public String length(Duration duration) {
        if (duration.toDays() >= 2) {
            return get("time.days", number(duration.toDays()));
        }
        if (duration.toHours() >= 2) {
            return get("time.hours", number(duration.toHours()));
        }
        return duration.toMinutes() >= 2
                ? get("time.minutes", number(duration.toMinutes()))
                : get("time.seconds", number(duration.toSeconds()));
    }
}
