/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parser for a line of a thumbprint list file. */
final class ThumbprintListLine {

    private static final String EXPECTED =
            "expected after the thumbprint: label=NAME, roles=A,B, from=INSTANT, until=INSTANT, disabled";

    private static final Set<String> KEYS = Set.of("label", "roles", "from", "until");

    private ThumbprintListLine() {}

    /**
     * Parses a line.
     *
     * @return the entry, or null if the line has only blanks and a comment
     * @throws BadEntryException if the line is not an entry
     */
    static @Nullable Entry parse(String line, Consumer<String> warnings) throws BadEntryException {
        List<String> words = words(line);
        if (words.isEmpty()) {
            return null;
        }
        CertificateDigest digest = EntryText.digest(words.get(0), warnings);
        Map<String, String> values = values(words.subList(1, words.size()));
        Instant from = instant("from", values);
        Instant until = instant("until", values);
        EntryText.requireOrder(from, until);
        return new Entry(digest, label(values), roles(values), from, until, values.containsKey("disabled"));
    }

    /** Splits a line at blanks; a word that starts with {@code #} begins a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line, " \t");
        while (tokens.hasMoreTokens()) {
            String word = tokens.nextToken();
            if (word.startsWith("#")) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    /** Splits {@code key=value} words; an unknown or repeated key is refused, because it may be a misspelt restriction. */
    private static Map<String, String> values(List<String> words) throws BadEntryException {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 ? !key.equals("disabled") : !KEYS.contains(key)) {
                throw new BadEntryException(
                        TextOrigin.STORE.quoted(word) + " follows the thumbprint and is unknown; " + EXPECTED);
            }
            if (values.put(key, word.substring(equals + 1)) != null) {
                throw new BadEntryException("[" + key + "] occurs twice; " + EXPECTED);
            }
        }
        return values;
    }

    private static @Nullable String label(Map<String, String> values) throws BadEntryException {
        String label = values.get("label");
        return label == null ? null : EntryText.name("label", label, EXPECTED);
    }

    private static Set<String> roles(Map<String, String> values) throws BadEntryException {
        String roles = values.get("roles");
        return roles == null ? Set.of() : EntryText.roles(roles, EXPECTED);
    }

    private static @Nullable Instant instant(String key, Map<String, String> values) throws BadEntryException {
        String value = values.get(key);
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new BadEntryException("[" + key + "] is " + TextOrigin.unshown(value)
                    + " and not an instant; expected 2026-01-31T00:00:00Z");
        }
    }
}
