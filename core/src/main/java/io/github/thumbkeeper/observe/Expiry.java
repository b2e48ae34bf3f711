/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.SafeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * End of something that a gate relies on.
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind what ends
 * @param store the location of the store, trust store or CRL as written in the settings
 * @param name the label, or the subject or issuer if there is no label
 * @param end the first instant at which it is no longer valid
 */
public record Expiry(Kind kind, String store, String name, Instant end) {

    /** Soonest end first. */
    public static final Comparator<Expiry> SOONEST_FIRST = Comparator.comparing(Expiry::end)
            .thenComparing(Expiry::kind)
            .thenComparing(Expiry::store)
            .thenComparing(Expiry::name);

    /** What ends. */
    public enum Kind {
        /** A listed certificate, by its notAfter. */
        CERTIFICATE("certificate"),
        /** An entry of a list, by its until. */
        ENTRY("entry"),
        /** A certificate of the trust store. */
        TRUST_ANCHOR("trusted certificate"),
        /** A CRL, by its next update. */
        CRL("CRL"),
        /** The certificate of a trusted proxy, as last seen. */
        PROXY("certificate of the trusted proxy");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }
    }

    /** Returns the kind, the name and the store for a log line; the name is escaped and truncated. */
    String what() {
        return kind.noun + " " + SafeText.quoted(name) + " of [" + store + "]";
    }

    /** Returns what ends and when, for a message. */
    @Override
    public String toString() {
        return what() + " ends at " + end.truncatedTo(ChronoUnit.SECONDS);
    }
}
