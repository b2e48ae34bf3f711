/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.verdict.Identity;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
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
 * @param certificateEnd the end of the certificate's own validity, or null if only the digest is known; it warns of certificates
 *     that end soon, and decides nothing. It follows from the digest, so {@link #equals} leaves it out
 */
public record Entry(
        CertificateDigest digest,
        @Nullable String label,
        Set<String> roles,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean disabled,
        @Nullable Instant certificateEnd) {
    public Entry {
        roles = Set.copyOf(roles);
        label = label == null || label.isEmpty() ? null : label;
    }

    /** Creates an entry of which only the digest is known, not the certificate. */
    public Entry(
            CertificateDigest digest,
            @Nullable String label,
            Set<String> roles,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean disabled) {
        this(digest, label, roles, from, until, disabled, null);
    }

    /** Creates an entry without roles that is always in force. */
    public static Entry of(CertificateDigest digest, @Nullable String label) {
        return new Entry(digest, label, Set.of(), null, null, false);
    }

    /** Returns this entry with another label. */
    public Entry withLabel(@Nullable String other) {
        return new Entry(digest, other, roles, from, until, disabled, certificateEnd);
    }

    /** Returns this entry with other roles. */
    public Entry withRoles(Set<String> others) {
        return new Entry(digest, label, others, from, until, disabled, certificateEnd);
    }

    /** Returns this entry with the roles, dates and switch of another one, such as a line of a list. */
    public Entry withAttributesOf(Entry other) {
        return new Entry(digest, label, other.roles, other.from, other.until, other.disabled, certificateEnd);
    }

    /** Returns whether another entry has the same roles, dates and switch. */
    public boolean hasAttributesOf(Entry other) {
        return equals(other.withLabel(label).withDigest(digest));
    }

    private Entry withDigest(CertificateDigest other) {
        return new Entry(other, label, roles, from, until, disabled, certificateEnd);
    }

    /**
     * Returns this entry with what both this and another entry allow: the common roles, the later start, the earlier end, and disabled
     * if either is.
     */
    public Entry restrictedBy(Entry other) {
        Set<String> common = new HashSet<>(roles);
        common.retainAll(other.roles);
        return new Entry(
                digest,
                label,
                common,
                later(from, other.from),
                earlier(until, other.until),
                disabled || other.disabled,
                certificateEnd);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    /** Returns this entry with the end of its certificate's validity. */
    public Entry endingAt(Instant end) {
        return new Entry(digest, label, roles, from, until, disabled, end);
    }

    /** Returns the first instant at which the entry or its certificate is no longer valid, or null if neither has an end. */
    public @Nullable Instant end() {
        if (until == null || certificateEnd == null) {
            return until == null ? certificateEnd : until;
        }
        return until.isBefore(certificateEnd) ? until : certificateEnd;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry that
                && digest.equals(that.digest)
                && Objects.equals(label, that.label)
                && roles.equals(that.roles)
                && Objects.equals(from, that.from)
                && Objects.equals(until, that.until)
                && disabled == that.disabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(digest, label, roles, from, until, disabled);
    }
}
