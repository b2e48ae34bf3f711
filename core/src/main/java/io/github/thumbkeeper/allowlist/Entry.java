/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.verdict.Identity;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a list: a certificate or a public key, and what is known of its owner.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param digest what the certificate must match
 * @param label the name of the owner, or null; an empty one is none
 * @param roles the owner's roles
 * @param from the instant from which the entry is in force, or null for always
 * @param until the instant at which the entry ceases to be in force, or null for never
 * @param disabled whether a certificate that matches is refused
 */
public record Entry(
        CertificateDigest digest,
        @Nullable String label,
        Set<String> roles,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean disabled) {
    public Entry {
        roles = Set.copyOf(roles);
        label = label == null || label.isEmpty() ? null : label;
    }

    /** Returns an entry without roles that is always in force. */
    public static Entry of(CertificateDigest digest, @Nullable String label) {
        return new Entry(digest, label, Set.of(), null, null, false);
    }

    /** Returns the label for an alias or file name: what stands before the first {@code #}, so that a renewal keeps it. */
    public static String labelOf(String alias) {
        int mark = alias.indexOf('#');
        return mark < 0 ? alias : alias.substring(0, mark);
    }

    /** Returns whether the name is not allowed as a role, see {@link Identity#isReservedRole}. */
    public static boolean isReservedRole(String name) {
        return Identity.isReservedRole(name);
    }

    boolean isInForceAt(long now) {
        return (from == null || now >= from.toEpochMilli()) && (until == null || now < until.toEpochMilli());
    }
}
