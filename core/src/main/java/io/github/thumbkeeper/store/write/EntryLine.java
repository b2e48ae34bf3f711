/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.file.ThumbprintListLine;
import java.util.Optional;

/**
 * The line of an entry in a thumbprint list. The reason of a denial is in its comment, which readers of the list ignore.
 * Thread-safe.
 */
final class EntryLine {

    private static final String DENIED = "# denied: ";

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
            line.append(' ').append(DENIED).append(denied.reason());
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
        if (!entry.disabled()) {
            return EntryState.ENABLED;
        }
        String comment = line.substring(startOfComment(line));
        return comment.startsWith(DENIED)
                ? new EntryState.Denied(comment.substring(DENIED.length()).strip())
                : EntryState.DISABLED;
    }

    /** Returns the index of the comment, or the length of the line. A {@code #} in a quoted value begins none. */
    private static int startOfComment(String line) {
        int at = 0;
        while (at < line.length()) {
            if (line.startsWith("=\"", at)) {
                int close = line.indexOf('"', at + 2);
                at = close < 0 ? line.length() - 1 : close;
            } else if (line.charAt(at) == '#' && at > 0 && Character.isWhitespace(line.charAt(at - 1))) {
                return at;
            }
            at++;
        }
        return line.length();
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
