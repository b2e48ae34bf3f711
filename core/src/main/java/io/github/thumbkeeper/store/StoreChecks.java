/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryChanges;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreConfig.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks of a list of certificates.
 *
 * <p>A list comes into force only if the gate can find every entry by the digests it knows, if no entry is too weak for the
 * principal, and if no certificate is listed with contradictory data. At start-up it must be complete and not empty. Afterwards the
 * shrink guard ({@code maxShrinkPercent}) protects against a list that loses too many entries at once.
 *
 * @param location the location, for messages
 * @param glob the filter of labels, for messages; null if there is none
 * @param digests the kinds of digests that may be listed; all lists of a gate have the same object
 * @param purpose what the entries are for; a deny list is never weak, and a part of it is refused by {@link DeniedStore}
 */
record StoreChecks(
        String location,
        @Nullable String glob,
        Purpose purpose,
        IdentityMapper identities,
        ReloadPolicy policy,
        ListedDigests digests)
        implements ReloadChecks<EntryTable> {

    private static final int MOST_NAMED = 10;

    @Override
    public String noun() {
        return isDenying() ? "denied entries" : "entries";
    }

    @Override
    public int size(EntryTable entries) {
        return entries.size();
    }

    @Override
    public Loaded<EntryTable> check(Loaded<EntryTable> read, @Nullable EntryTable before) throws StoreException {
        Loaded<EntryTable> usable = before == null ? read : withoutUnusable(read, before);
        requireKnown(usable.value());
        if (isDenying()) {
            return usable;
        }
        requireStrong(usable.value());
        if (before == null) {
            usable.requireWhole(location);
            requireEntries(usable);
        }
        return Duplicates.resolve(location, usable);
    }

    /**
     * Leaves out entries that the settings do not allow, so that they do not hold up what else has changed: the removals of a
     * directory, and the new entries of a deny list.
     */
    private Loaded<EntryTable> withoutUnusable(Loaded<EntryTable> read, EntryTable before) {
        EntryTable entries = read.value();
        if (entries.kinds().allMatch(kind -> digests.accepts(kind) && (isDenying() || identities.accepts(kind)))) {
            return read;
        }
        if (isDenying()) {
            return with(read, DeniedStore.union(before, usable(entries, entry -> true)));
        }
        if (!(read.state() instanceof PartwiseState state && state.isPartwise())) {
            return read;
        }
        // A disabled entry that cannot be found may name the certificate of any new entry.
        boolean hidden =
                entries.stream().anyMatch(entry -> entry.disabled() && !digests.accepts(DigestKind.of(entry.digest())));
        Set<CertificateDigest> admitted = hidden ? enabled(before) : Set.of();
        return with(read, usable(entries, entry -> !hidden || entry.disabled() || admitted.contains(entry.digest())));
    }

    private EntryTable usable(EntryTable entries, Predicate<Entry> wanted) {
        EntryTable.Builder kept = new EntryTable.Builder();
        entries.stream().filter(this::isUsable).filter(wanted).forEach(kept::add);
        return kept.build();
    }

    /** Returns what comes into force instead of all that was read, with a failure for each entry that is not usable. */
    private Loaded<EntryTable> with(Loaded<EntryTable> read, EntryTable kept) {
        List<StoreException> failures = new ArrayList<>(read.failures());
        read.value().stream()
                .filter(entry -> !isUsable(entry))
                .limit(MOST_NAMED)
                .map(entry -> new StoreException(
                        location,
                        "lists [" + entry.digest()
                                + "], which the settings do not allow: it is too weak for [principal], or the"
                                + " proxy sends no such thumbprint; expected a thumbprint of SHA-256 or longer",
                        null))
                .forEach(failures::add);
        return new Loaded<>(kept, read.warnings(), failures, read.state());
    }

    private static Set<CertificateDigest> enabled(EntryTable entries) {
        return entries.stream()
                .filter(entry -> !entry.disabled())
                .map(Entry::digest)
                .collect(Collectors.toSet());
    }

    private boolean isUsable(Entry entry) {
        return digests.accepts(DigestKind.of(entry.digest())) && isStrong(entry);
    }

    /** An entry that is disabled, or denies, is never too weak: it only refuses. */
    private boolean isStrong(Entry entry) {
        return isDenying() || entry.disabled() || identities.accepts(DigestKind.of(entry.digest()));
    }

    private void requireKnown(EntryTable entries) throws StoreException {
        String objection = digests.objection(entries);
        if (objection != null) {
            throw StoreException.misconfigured(location, objection);
        }
    }

    /** A client with a pinned or SHA-1 certificate may obtain another one with the same digest and any subject. */
    private void requireStrong(EntryTable entries) throws StoreException {
        if (entries.kinds().allMatch(identities::accepts)) {
            return;
        }
        Optional<Entry> weak =
                entries.stream().filter(entry -> !isStrong(entry)).findFirst();
        if (weak.isPresent()) {
            throw StoreException.misconfigured(
                    location,
                    "lists [" + weak.get().digest()
                            + "], which is too weak for [principal], a name taken from the"
                            + " certificate's subject; expected thumbprints of SHA-256 or longer");
        }
    }

    private void requireEntries(Loaded<EntryTable> read) throws StoreException {
        if (read.value().isEmpty() && !policy.allowEmpty()) {
            throw new StoreException(
                    location,
                    (glob == null
                                    ? "lists no entries; expected at least one"
                                    : "lists no entries whose label matches storeFilter " + SafeText.quoted(glob)
                                            + "; expected at least one")
                            + ", or allowEmptyStore=true to start and refuse everything" + read.ignored(),
                    null);
        }
    }

    @Override
    public @Nullable String objection(EntryTable before, EntryTable now) {
        return policy.forbidsShrinking(before.size(), now.size())
                ? "lists " + Counted.of(now.size(), "entries") + " instead of " + before.size()
                        + ", fewer than maxShrinkPercent=" + policy.maxShrinkPercent() + " allows"
                : null;
    }

    @Override
    public @Nullable String changes(EntryTable before, EntryTable now) {
        EntryChanges changes = EntryChanges.between(before, now);
        return changes.isEmpty() ? null : now.size() + " " + noun() + ", " + changes;
    }

    @Override
    public List<String> errors(EntryTable entries) {
        if (!entries.isEmpty()) {
            return List.of();
        }
        String outcome = isDenying() ? "nothing it listed is denied any more" : "everything it listed is refused";
        return List.of("TK-303 store [" + location + "] lists no entries now; " + outcome);
    }

    /** Warns of entries whose planned end has passed: they are listed, and still refused. */
    @Override
    public List<String> warnings(EntryTable entries, Instant now) {
        if (isDenying() || !entries.hasEnds()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        int count = 0;
        for (Entry entry : entries) {
            Instant until = entry.until();
            if (until != null && !now.isBefore(until) && count++ < MOST_NAMED) {
                String name = entry.label() == null ? entry.digest().toString() : entry.label();
                names.add(SafeText.quoted(name) + " (" + until + ")");
            }
        }
        return count == 0
                ? List.of()
                : List.of("lists entries whose until has passed: " + String.join(", ", names)
                        + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : ""));
    }

    private boolean isDenying() {
        return purpose == Purpose.DENY;
    }
}
