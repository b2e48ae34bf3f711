/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes, for the log, the dates and entries that explain a refusal. Thread-safe. */
final class RefusalDetail {

    private static final int MOST_NAMED = 3;

    private RefusalDetail() {}

    /** Returns the detail of a check that refuses a certificate which an entry or a rule admits. */
    static String ofCheck(Reason reason, Matches matches) {
        String listed = matches.entries().isEmpty()
                ? "a rule of identities matches it"
                : "it is listed as " + named(matches.entries(), entry -> true, RefusalDetail::name);
        return switch (reason) {
            case EXPIRED -> "its notAfter is " + Instant.ofEpochMilli(matches.notAfter()) + "; " + listed;
            case NOT_YET_VALID -> "its notBefore is " + Instant.ofEpochMilli(matches.notBefore()) + "; " + listed;
            default -> listed;
        };
    }

    /** Returns the detail of a refusal by the entries themselves; empty if the certificate has none. */
    static String ofEntries(Reason reason, Matches matches) {
        return switch (reason) {
            case ENTRY_DISABLED -> named(matches.entries(), Entry::disabled, RefusalDetail::name);
            case ENTRY_NOT_IN_FORCE -> named(matches.entries(), entry -> true, RefusalDetail::period);
            default -> "";
        };
    }

    private static String named(List<Entry> entries, Predicate<Entry> which, Function<Entry, String> shown) {
        return entries.stream().filter(which).limit(MOST_NAMED).map(shown).collect(Collectors.joining(", "));
    }

    private static String name(Entry entry) {
        return SafeText.quoted(entry.label() == null ? entry.digest().toString() : entry.label());
    }

    private static String period(Entry entry) {
        return name(entry) + limit(" from ", entry.from()) + limit(" until ", entry.until());
    }

    private static String limit(String word, @Nullable Instant time) {
        return time == null ? "" : word + time;
    }
}
