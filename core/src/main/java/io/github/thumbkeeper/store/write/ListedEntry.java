/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a list that can be changed, with everything that is known about it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param digest the thumbprint or public key pin; it identifies the entry within its list
 * @param label the name of the principal, or null. Two entries share a label while a certificate is being rotated
 * @param roles the owner's roles
 * @param from the first instant at which the entry is in force, or null if it has no start
 * @param until the instant at which the entry ends, or null if it has no end
 * @param state whether the entry admits
 * @param certificate the certificate, or null if only the digest is known
 */
public record ListedEntry(
        CertificateDigest digest,
        @Nullable String label,
        Set<String> roles,
        @Nullable Instant from,
        @Nullable Instant until,
        EntryState state,
        @Nullable X509Certificate certificate) {
    public ListedEntry {
        roles = Set.copyOf(roles);
    }

    static ListedEntry of(Entry entry, EntryState state, @Nullable X509Certificate certificate) {
        return new ListedEntry(
                entry.digest(), entry.label(), entry.roles(), entry.from(), entry.until(), state, certificate);
    }

    /** Returns whether the entry is denied. */
    public boolean isDenied() {
        return state instanceof EntryState.Denied;
    }

    /** Returns the label, or the digest of an entry without one. */
    public String name() {
        return label == null ? digest.toString() : label;
    }

    ListedEntry withLabel(String other) {
        return new ListedEntry(digest, other, roles, from, until, state, certificate);
    }

    ListedEntry withState(EntryState other) {
        return new ListedEntry(digest, label, roles, from, until, other, certificate);
    }

    ListedEntry withCertificate(@Nullable X509Certificate other) {
        return new ListedEntry(digest, label, roles, from, until, state, other);
    }

    ListedEntry with(Set<String> otherRoles, @Nullable Instant otherFrom, @Nullable Instant otherUntil) {
        return new ListedEntry(digest, label, otherRoles, otherFrom, otherUntil, state, certificate);
    }

    /** Returns the entry as a gate sees it. */
    Entry toEntry() {
        return new Entry(digest, label, roles, from, until, !(state instanceof EntryState.Enabled));
    }

    /** Returns the roles in an order that does not depend on the run. */
    Set<String> sortedRoles() {
        return new TreeSet<>(roles);
    }
}
