/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a list. An existing entry is named by its digest. Immutable and thread-safe. */
public sealed interface EntryChange {

    /** Returns the kind. */
    ChangeKind kind();

    /** What a new entry matches. */
    sealed interface Subject {}

    /**
     * A certificate, which is kept with the entry.
     *
     * @param certificate the certificate
     */
    record OfCertificate(X509Certificate certificate) implements Subject {}

    /**
     * A thumbprint or a public key pin, for a client whose certificate is not at hand.
     *
     * @param digest the thumbprint or pin
     */
    record OfDigest(CertificateDigest digest) implements Subject {}

    /**
     * Adds an entry.
     *
     * @param subject what it matches
     * @param label a label that no other entry has
     * @param roles its roles
     * @param from its start, or null
     * @param until its end, or null
     */
    record Add(
            Subject subject,
            String label,
            Set<String> roles,
            @Nullable Instant from,
            @Nullable Instant until) implements EntryChange {
        public Add {
            roles = Set.copyOf(roles);
        }

        /** Adds a certificate without roles and dates. */
        public Add(X509Certificate certificate, String label) {
            this(new OfCertificate(certificate), label, Set.of(), null, null);
        }

        /** Adds a thumbprint or pin without roles and dates. */
        public Add(CertificateDigest digest, String label) {
            this(new OfDigest(digest), label, Set.of(), null, null);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.ADD;
        }
    }

    /**
     * Sets roles and dates of an entry.
     *
     * @param entry the entry
     * @param roles its roles from now on
     * @param from its start from now on, or null
     * @param until its end from now on, or null
     */
    record SetAttributes(
            CertificateDigest entry,
            Set<String> roles,
            @Nullable Instant from,
            @Nullable Instant until) implements EntryChange {
        public SetAttributes {
            roles = Set.copyOf(roles);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.SET;
        }
    }

    /**
     * Disables an entry: what it matches is refused, even if another store lists it.
     *
     * @param entry the entry
     */
    record Disable(CertificateDigest entry) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.DISABLE;
        }
    }

    /**
     * Enables an entry that is disabled or denied. A denial of its key ends too.
     *
     * @param entry the entry
     */
    record Enable(CertificateDigest entry) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.ENABLE;
        }
    }

    /**
     * Changes the label of an entry.
     *
     * @param entry the entry
     * @param label a label that no other entry has
     */
    record Rename(CertificateDigest entry, String label) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.RENAME;
        }
    }

    /**
     * Denies an entry and, if its certificate is known, every certificate with the same key: each entry of that key is denied,
     * and an entry of the key itself refuses certificates that are not listed. The key of a mere thumbprint is not known: another
     * certificate with that key is not denied.
     *
     * @param entry the entry
     * @param reason the reason, one line
     */
    record Deny(CertificateDigest entry, String reason) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.DENY;
        }
    }

    /**
     * Removes an entry. The denial of a certificate stays in force by its key. A denied thumbprint or pin cannot be removed before it
     * is enabled, apart from a pin without a label: its removal ends the denial of the key.
     *
     * @param entry the entry
     */
    record Remove(CertificateDigest entry) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.REMOVE;
        }
    }

    /**
     * Undoes an earlier change: each of its entries becomes what it was before. Impossible if one of them has changed since.
     *
     * @param number the number of the change in the history
     */
    record Restore(long number) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.RESTORE;
        }
    }

    /**
     * Adds the next certificate of an entry, with its label and roles, and ends the entry after an overlap.
     *
     * @param entry the entry
     * @param next the next certificate
     * @param from the start of the next entry, or null
     * @param overlapEnd the end of the old entry; an earlier end that it has already stays
     */
    record Rotate(
            CertificateDigest entry,
            X509Certificate next,
            @Nullable Instant from,
            Instant overlapEnd) implements EntryChange {
        @Override
        public ChangeKind kind() {
            return ChangeKind.ROTATE;
        }
    }
}
