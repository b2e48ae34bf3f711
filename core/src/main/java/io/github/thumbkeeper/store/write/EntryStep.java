/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.Optional;

/** Effect of a change on one entry. Immutable and thread-safe. */
public sealed interface EntryStep {

    /**
     * The entry is new.
     *
     * @param after the entry
     */
    record Added(ListedEntry after) implements EntryStep {}

    /**
     * The entry is gone.
     *
     * @param before the entry as it was
     */
    record Removed(ListedEntry before) implements EntryStep {}

    /**
     * The entry differs.
     *
     * @param before the entry as it was
     * @param after the entry as it is now
     */
    record Changed(ListedEntry before, ListedEntry after) implements EntryStep {}

    /** Returns the entry as it was, if there was one. */
    default Optional<ListedEntry> earlier() {
        if (this instanceof Removed removed) {
            return Optional.of(removed.before);
        }
        return this instanceof Changed changed ? Optional.of(changed.before) : Optional.empty();
    }

    /** Returns the entry as it is afterwards, if there is one. */
    default Optional<ListedEntry> later() {
        if (this instanceof Added added) {
            return Optional.of(added.after);
        }
        return this instanceof Changed changed ? Optional.of(changed.after) : Optional.empty();
    }

    /** Returns the digest of the entry. */
    default CertificateDigest digest() {
        return later().or(this::earlier).orElseThrow().digest();
    }

    /** Returns the label of the entry, or its digest. */
    default String name() {
        return later().or(this::earlier).orElseThrow().name();
    }

    /** Returns the step from one to the other; at least one of the two is present. */
    static EntryStep of(Optional<ListedEntry> before, Optional<ListedEntry> after) {
        if (before.isEmpty()) {
            return new Added(after.orElseThrow());
        }
        return after.<EntryStep>map(later -> new Changed(before.get(), later))
                .orElseGet(() -> new Removed(before.get()));
    }
}
