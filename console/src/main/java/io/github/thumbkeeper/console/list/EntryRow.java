/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.list;

import io.github.thumbkeeper.console.certificate.CertificateView;
import io.github.thumbkeeper.store.write.EntryState;
import io.github.thumbkeeper.store.write.ListedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the list, as the pages show it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the thumbprint or pin, which identifies the entry
 * @param label the label; empty if the entry has none
 * @param subject the subject of the certificate; empty if it is not known
 * @param issuer the issuer; empty if it is not known
 * @param ends the end of the entry or of its certificate, whichever comes first; null without an end
 * @param from the start of the entry, or null
 * @param until the end of the entry, or null
 * @param roles the roles, sorted
 * @param state what the entry does now
 * @param reason the reason of a denial; empty if it is not denied
 * @param certificate the certificate, or null if it is not known
 */
public record EntryRow(
        String id,
        String label,
        String subject,
        String issuer,
        @Nullable Instant ends,
        @Nullable Instant from,
        @Nullable Instant until,
        List<String> roles,
        RowState state,
        String reason,
        @Nullable CertificateView certificate) {

    private static final Duration SOON = Duration.ofDays(30);
    private static final int SHORT = 23;

    public EntryRow {
        roles = List.copyOf(roles);
    }

    /** Describes an entry. */
    public static EntryRow of(ListedEntry entry, Instant now) {
        CertificateView view = entry.certificate() == null ? null : CertificateView.of(entry.certificate());
        Instant ends = earlier(entry.until(), view == null ? null : view.notAfter());
        String label = entry.label();
        return new EntryRow(
                entry.digest().toString(),
                label == null ? "" : label,
                view == null ? "" : view.subject(),
                view == null ? "" : view.issuer(),
                ends,
                entry.from(),
                entry.until(),
                entry.roles().stream().sorted().toList(),
                state(entry, view, ends, now),
                entry.state() instanceof EntryState.Denied denied ? denied.reason() : "",
                view);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static RowState state(
            ListedEntry entry, @Nullable CertificateView view, @Nullable Instant ends, Instant now) {
        if (!(entry.state() instanceof EntryState.Enabled)) {
            return entry.isDenied() ? RowState.DENIED : RowState.DISABLED;
        }
        if (ends != null && !ends.isAfter(now)) {
            return RowState.EXPIRED;
        }
        boolean planned = (entry.from() != null && entry.from().isAfter(now))
                || (view != null && view.notBefore().isAfter(now));
        if (planned) {
            return RowState.PLANNED;
        }
        return ends != null && ends.isBefore(now.plus(SOON)) ? RowState.ENDS_SOON : RowState.IN_FORCE;
    }

    /** Returns the label, or the beginning of the thumbprint. */
    public String name() {
        return label.isEmpty() ? shortId() : label;
    }

    /** Returns the beginning of the thumbprint. */
    public String shortId() {
        return id.length() > SHORT ? id.substring(0, SHORT) + "…" : id;
    }

    /** Returns whether the row has all words of a search, in any column. */
    public boolean matches(List<String> words) {
        return words.stream()
                .allMatch(word -> Stream.of(label, subject, issuer, id, String.join(" ", roles), reason)
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(word)));
    }
}
