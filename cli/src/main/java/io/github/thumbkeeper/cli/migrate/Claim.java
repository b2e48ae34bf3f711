/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import io.github.thumbkeeper.certificate.x509.NameFormatException;
import java.util.Map;

/**
 * A statement about a client certificate that is true or false. Immutable and thread-safe.
 *
 * @param attributes the attributes of a rule in {@code identities} with the same meaning; empty if the kind says it all
 */
record Claim(Kind kind, Map<String, String> attributes) {

    static final Claim UPLOADED = new Claim(Kind.UPLOADED, Map.of());
    static final Claim TRUSTED = new Claim(Kind.TRUSTED, Map.of());
    static final Claim UNREVOKED = new Claim(Kind.UNREVOKED, Map.of());
    static final Claim BEGUN = new Claim(Kind.BEGUN, Map.of());
    static final Claim NOT_ENDED = new Claim(Kind.NOT_ENDED, Map.of());

    /** The kind of a claim. */
    enum Kind {
        THUMBPRINT("thumbprint"),
        SUBJECT("subject"),
        ISSUER("issuer-subject"),
        SERIAL("serial-number"),
        /** All claims of one {@code identity} of {@code validate-client-certificate}. */
        IDENTITY(""),
        /** It is one of the certificates uploaded to the gateway. */
        UPLOADED(""),
        /** It has a verified path. */
        TRUSTED(""),
        /** No certificate of its path is revoked. */
        UNREVOKED(""),
        /** Its period of validity has begun. */
        BEGUN(""),
        /** Its period of validity has not ended. */
        NOT_ENDED("");

        private final String attribute;

        Kind(String attribute) {
            this.attribute = attribute;
        }

        /** Returns whether a certificate has one value of this kind, so that at most one claim of the kind is true. */
        boolean isExclusive() {
            return !attribute.isEmpty();
        }

        /** Returns whether this is about the validity of a certificate and not about its identity. */
        boolean isCheck() {
            return compareTo(TRUSTED) >= 0;
        }
    }

    /** Returns the claim that a property has this value. */
    static Claim of(Kind kind, String value) {
        return new Claim(kind, Map.of(kind.attribute, value));
    }

    /**
     * Returns whether both may be true of one certificate, although they are of the same dimension: a named value may have any text,
     * a name may be written in several ways, and a certificate has a thumbprint of each algorithm.
     */
    boolean mayMeanTheSame(Claim other) {
        if (!kind.isExclusive() || kind != other.kind) {
            return false;
        }
        String one = value();
        String two = other.value();
        if (NamedValue.isIn(one) || NamedValue.isIn(two)) {
            return true;
        }
        return switch (kind) {
            case THUMBPRINT -> one.length() != two.length();
            case SUBJECT, ISSUER -> isSameName(one, two);
            default -> false;
        };
    }

    private static boolean isSameName(String one, String two) {
        try {
            return DistinguishedName.parse(one).equals(DistinguishedName.parse(two));
        } catch (NameFormatException e) {
            return true;
        }
    }

    private String value() {
        return attributes.values().iterator().next();
    }

    /** Returns what the claim competes with: claims of the same dimension are never true together. */
    Object dimension() {
        return kind.isExclusive() ? kind : this;
    }
}
