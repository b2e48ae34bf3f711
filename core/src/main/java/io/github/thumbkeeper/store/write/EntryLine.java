/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.file.ThumbprintListLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of an entry in a thumbprint list. The reason of a denial is in its comment, which readers of the list ignore.
 * Thread-safe.
 */
final class EntryLine {

    private static final String DENIED = " # denied: ";
    private static final Pattern REASON = Pattern.compile(" disabled # denied: (.*)$");

    private EntryLine() {}

    /** Returns the line without its line break. */
    static String format(ListedEntry entry) {
        StringBuilder line = new StringBuilder(entry.digest().toString());
        if (entry.label() != null) {
            line.append(" label=\"").append(entry.label()).append('"');
        }
        if (!entry.roles().isEmpty()) {
            line.append(" roles=").append(String.join(",", entry.sortedRoles()));
        }
        if (entry.from() != null) {
            line.append(" from=").append(entry.from());
        }
        if (entry.until() != null) {
            line.append(" until=").append(entry.until());
        }
        if (!(entry.state() instanceof EntryState.Enabled)) {
            line.append(" disabled");
        }
        if (entry.state() instanceof EntryState.Denied denied) {
            line.append(DENIED).append(denied.reason());
        }
        return line.toString();
    }

    /**
     * Parses a line, without its line break.
     *
     * @return the entry without its certificate; empty for a line without an entry
     */
    static Optional<ListedEntry> parse(String line) throws BadEntryException {
        Entry entry = ThumbprintListLine.parse(line, warning -> {});
        return entry == null ? Optional.empty() : Optional.of(ListedEntry.of(entry, state(entry, line), null));
    }

    private static EntryState state(Entry entry, String line) {
        Matcher reason = REASON.matcher(line);
        if (entry.disabled() && reason.find()) {
            return new EntryState.Denied(reason.group(1).strip());
        }
        return entry.disabled() ? EntryState.DISABLED : EntryState.ENABLED;
    }

    /** Returns whether the line gives back the same entry, which it does not if a label has a double quote. */
    static boolean isWritable(ListedEntry entry) {
        try {
            return parse(format(entry))
                    .filter(read -> read.equals(entry.withCertificate(null)))
                    .isPresent();
        } catch (BadEntryException e) {
            return false;
        }
    }
}
