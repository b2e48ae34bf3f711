/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.verdict.Identity;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entry of a list: the digest of a certificate or public key, and the attributes of its owner.
 *
 * <p>Immutable and thread-safe.
 *
 * @param digest the digest that a certificate must match
 * @param label the name of the owner, or null if the entry has no label; an empty label becomes null
 * @param roles the owner's roles
 * @param from the first instant at which the entry is in force, or null if it has no start
 * @param until the first instant at which the entry is no longer in force, or null if it has no end
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

    /** Creates an entry without roles that is always in force. */
    public static Entry of(CertificateDigest digest, @Nullable String label) {
        return new Entry(digest, label, Set.of(), null, null, false);
    }

    /** Returns the label for an alias or file name: the part before the first {@code #}, so that a renewal keeps the label. */
    public static String labelOf(String alias) {
        int mark = alias.indexOf('#');
        return mark < 0 ? alias : alias.substring(0, mark);
    }

    /** Returns whether a name is reserved and cannot be a role; see {@link Identity#isReservedRole}. */
    public static boolean isReservedRole(String name) {
        return Identity.isReservedRole(name);
    }

    boolean isInForceAt(long now) {
        return (from == null || now >= from.toEpochMilli()) && (until == null || now < until.toEpochMilli());
    }
}
