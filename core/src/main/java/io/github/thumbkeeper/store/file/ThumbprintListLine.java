/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parser for a line of a thumbprint list file.
 *
 * <p>The thumbprint may have blanks and a prefix with {@code =}, so it ends at the first attribute or at the first word that
 * cannot be a part of it.
 *
 * <p>Not thread-safe.
 */
public final class ThumbprintListLine {

    private static final String EXPECTED =
            "expected after the thumbprint: label=NAME, roles=A,B, from=INSTANT, until=INSTANT, disabled, with double"
                    + " quotes around a value with blanks";

    private static final String MORE_WORDS = "the line has more words than a thumbprint";

    /** A hash of a PEM file, with its armour, is the thumbprint of no certificate. */
    private static final String HASH_OF_FILE =
            " (sha256sum and certutil -hashfile print other words and lines too; keep only the hex digits, and only if"
                    + " the file was in DER)";

    private static final Set<String> KEYS = Set.of("label", "roles", "from", "until");

    private final String line;
    private int at;

    /** A word after the thumbprint. */
    private sealed interface Word {}

    /** A word without {@code =}. */
    private record Bare(String text) implements Word {}

    /** A word with {@code =}, whose value may have been in double quotes. */
    private record Attribute(String key, String value, boolean quoted) implements Word {
        String whole() {
            return key + "=" + value;
        }
    }

    private ThumbprintListLine(String line, int at) {
        this.line = line;
        this.at = at;
    }

    /**
     * Parses a line.
     *
     * @return the entry, or null if the line has only blanks and a comment
     * @throws BadEntryException if the line is not an entry
     */
    public static @Nullable Entry parse(String line, Consumer<String> warnings) throws BadEntryException {
        if (line.stripTrailing().indexOf('\r') >= 0) {
            // Another program may show it as the end of a line, and of its comment.
            throw new BadEntryException(
                    "has a carriage return without a line feed; expected lines that end with LF or CR LF");
        }
        int end = ThumbprintParser.endInLine(line);
        return end < 0 ? null : new ThumbprintListLine(line, end).entry(warnings);
    }

    private Entry entry(Consumer<String> warnings) throws BadEntryException {
        String thumbprint = line.substring(afterBlanks(0), at);
        List<Word> words = words();
        CertificateDigest digest = digest(thumbprint, words, warnings);
        Map<String, Attribute> values = values(words);
        Instant from = instant("from", values);
        Instant until = instant("until", values);
        EntryText.requireOrder(from, until);
        return new Entry(digest, label(values), roles(values), from, until, values.containsKey("disabled"));
    }

    private static CertificateDigest digest(String thumbprint, List<Word> words, Consumer<String> warnings)
            throws BadEntryException {
        try {
            return EntryText.digest(thumbprint, warnings);
        } catch (BadEntryException e) {
            boolean more = words.stream().anyMatch(ThumbprintListLine::isStray);
            throw more ? new BadEntryException(e.problem() + "; " + MORE_WORDS + HASH_OF_FILE) : e;
        }
    }

    private static boolean isStray(Word word) {
        return word instanceof Bare bare && !bare.text().equals("disabled");
    }

    /** Splits the rest of the line at blanks outside of quotes; a word that starts with {@code #} begins a comment. */
    private List<Word> words() throws BadEntryException {
        List<Word> words = new ArrayList<>();
        at = afterBlanks(at);
        while (at < line.length() && line.charAt(at) != '#') {
            words.add(word());
            at = afterBlanks(at);
        }
        return words;
    }

    private Word word() throws BadEntryException {
        int end = endOfWord(at);
        int equals = line.indexOf('=', at);
        if (equals < 0 || equals >= end) {
            return new Bare(take(end));
        }
        String key = line.substring(at, equals);
        if (KEYS.contains(key) && line.startsWith("\"", equals + 1)) {
            return quoted(key, equals + 2);
        }
        at = equals + 1;
        return new Attribute(key, take(end), false);
    }

    private Attribute quoted(String key, int start) throws BadEntryException {
        int close = line.indexOf('"', start);
        if (close < 0) {
            throw new BadEntryException(
                    "[" + key + "] begins with a double quote and does not end with one; " + EXPECTED);
        }
        if (endOfWord(close) != close + 1) {
            throw new BadEntryException("[" + key + "] has text next to its second double quote; " + EXPECTED);
        }
        at = close + 1;
        return new Attribute(key, line.substring(start, close), true);
    }

    private String take(int end) {
        String taken = line.substring(at, end);
        at = end;
        return taken;
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private int afterBlanks(int from) {
        int start = from;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /** Collects the attributes; an unknown or repeated key is refused, because it may be a misspelt restriction. */
    private static Map<String, Attribute> values(List<Word> words) throws BadEntryException {
        Map<String, Attribute> values = new HashMap<>();
        for (Word word : words) {
            Attribute attribute = word instanceof Attribute named ? named : flag((Bare) word, !values.isEmpty());
            if (!KEYS.contains(attribute.key()) && word instanceof Attribute) {
                throw new BadEntryException(TextOrigin.STORE.quoted(attribute.whole())
                        + " follows the thumbprint and is unknown; " + EXPECTED);
            }
            if (values.put(attribute.key(), attribute) != null) {
                throw new BadEntryException("[" + attribute.key() + "] occurs twice; " + EXPECTED);
            }
        }
        return values;
    }

    private static Attribute flag(Bare word, boolean afterAttribute) throws BadEntryException {
        if (isStray(word)) {
            throw new BadEntryException(
                    TextOrigin.STORE.quoted(word.text()) + " follows the thumbprint and is unknown: " + MORE_WORDS
                            + (afterAttribute ? " and its attributes" : HASH_OF_FILE) + "; " + EXPECTED);
        }
        return new Attribute(word.text(), "", false);
    }

    private static @Nullable String label(Map<String, Attribute> values) throws BadEntryException {
        Attribute label = values.get("label");
        if (label == null) {
            return null;
        }
        String name = label.quoted() ? EntryText.withoutBlanks(label.value()) : label.value();
        return label.quoted() && !name.isEmpty() ? EntryText.label(name) : EntryText.name("label", name, EXPECTED);
    }

    private static Set<String> roles(Map<String, Attribute> values) throws BadEntryException {
        Attribute roles = values.get("roles");
        return roles == null ? Set.of() : EntryText.roles(roles.value(), EXPECTED);
    }

    private static @Nullable Instant instant(String key, Map<String, Attribute> values) throws BadEntryException {
        Attribute attribute = values.get(key);
        if (attribute == null) {
            return null;
        }
        try {
            return Instant.parse(attribute.value());
        } catch (DateTimeException e) {
            throw new BadEntryException("[" + key + "] is " + TextOrigin.unshown(attribute.value())
                    + " and not an instant; expected 2026-01-31T00:00:00Z");
        }
    }
}
