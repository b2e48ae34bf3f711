/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes, for the log, the dates and entries that explain a refusal: once for each certificate and reason. Thread-safe. */
final class RefusalDetail {

    private static final int MOST_NAMED = 3;

    private RefusalDetail() {}

    /** Returns the refusal by a check of a certificate which an entry or a rule admits. */
    static ListDecision.Refused byCheck(Reason reason, Matches matches, X509Certificate certificate) {
        ListDecision.Refused known = matches.detailed(reason);
        return known == null ? matches.detail(reason, ofCheck(reason, matches, certificate)) : known;
    }

    /** Returns the refusal by the list or the rules, with a detail if entries are the reason. */
    static ListDecision.Refused byList(ListDecision.Refused decision, Matches matches) {
        Reason reason = decision.reason();
        if (reason != Reason.ENTRY_DISABLED && reason != Reason.ENTRY_NOT_IN_FORCE) {
            return decision;
        }
        ListDecision.Refused known = matches.detailed(reason);
        return known == null ? matches.detail(reason, ofEntries(reason, matches)) : known;
    }

    private static String ofCheck(Reason reason, Matches matches, X509Certificate certificate) {
        String listed = matches.entries().isEmpty()
                ? "a rule of identities matches it"
                : "it is listed as " + named(matches.entries(), entry -> true, RefusalDetail::name);
        return switch (reason) {
            case EXPIRED -> "its notAfter is " + certificate.getNotAfter().toInstant() + "; " + listed;
            case NOT_YET_VALID ->
                "its notBefore is " + certificate.getNotBefore().toInstant() + "; " + listed;
            default -> listed;
        };
    }

    private static String ofEntries(Reason reason, Matches matches) {
        return reason == Reason.ENTRY_DISABLED
                ? named(matches.entries(), Entry::disabled, RefusalDetail::name)
                : named(matches.entries(), entry -> true, RefusalDetail::period);
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
