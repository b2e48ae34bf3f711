/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one snapshot of the list says of one certificate, whatever the time.
 *
 * <p>Immutable and safe to share between threads. It does not hold the certificate.
 */
public final class Matches {

    private final List<Entry> matches;
    private final int fixed;
    private final List<ListDecision> standings;
    private final boolean disabled;
    private final boolean denied;
    private final Thumbprint sha256;
    private final IdentityMapper identities;
    private final long notBefore;
    private final long notAfter;

    Matches(List<Entry> matches, X509Certificate certificate, Thumbprint sha256, IdentityMapper identities) {
        this(matches, 0, false, certificate, sha256, identities);
    }

    /**
     * Makes the listing.
     *
     * @param matches the entries that match, those of the settings first
     * @param fixed how many of them stand in the settings
     * @param denied whether the certificate is denied
     * @param certificate the certificate; null if nothing but its thumbprint is known, and its dates are not
     */
    Matches(
            List<Entry> matches,
            int fixed,
            boolean denied,
            @Nullable X509Certificate certificate,
            Thumbprint sha256,
            IdentityMapper identities) {
        this.matches = List.copyOf(matches);
        this.fixed = fixed;
        this.denied = denied;
        this.sha256 = sha256;
        this.identities = identities;
        this.standings = matches.stream()
                .map(entry -> standing(identities.of(entry, certificate, sha256)))
                .toList();
        this.disabled = matches.stream().anyMatch(Entry::disabled);
        this.notBefore = certificate == null
                ? Long.MIN_VALUE
                : certificate.getNotBefore().getTime();
        this.notAfter =
                certificate == null ? Long.MAX_VALUE : certificate.getNotAfter().getTime();
    }

    /** Returns the beginning of the certificate's validity, in milliseconds since 1970. */
    public long notBefore() {
        return notBefore;
    }

    /** Returns the end of the certificate's validity, in milliseconds since 1970. */
    public long notAfter() {
        return notAfter;
    }

    /**
     * Returns how the certificate stands if no rule narrows the stores.
     *
     * @param now the current time, in milliseconds since 1970
     */
    public ListDecision at(long now) {
        return at(now, EntryFilter.NONE);
    }

    /**
     * Returns how the certificate stands: one that is denied or has a disabled entry is refused whatever the others say, else
     * the first entry in force speaks for it.
     *
     * @param now the current time, in milliseconds since 1970
     * @param narrowing which entries of stores count
     */
    public ListDecision at(long now, EntryFilter narrowing) {
        if (denied) {
            return ListDecision.DENIED;
        }
        if (disabled) {
            return ListDecision.DISABLED;
        }
        return matches.isEmpty() ? ListDecision.NOT_LISTED : ofFirst(now, narrowing);
    }

    /** Returns how the certificate stands if a rule admits it. */
    public ListDecision ofRule(String text, Set<String> roles, X509Certificate certificate) {
        return standing(identities.of(null, text, roles, certificate, sha256));
    }

    private ListDecision ofFirst(long now, EntryFilter narrowing) {
        ListDecision none = ListDecision.NOT_IN_FORCE;
        for (int i = 0; i < matches.size(); i++) {
            if (matches.get(i).isInForceAt(now)) {
                ListDecision standing = i < fixed ? standings.get(i) : narrowed(i, narrowing);
                if (standing != null) {
                    return standing;
                }
                none = ListDecision.NO_RULE;
            }
        }
        return none;
    }

    private @Nullable ListDecision narrowed(int i, EntryFilter narrowing) {
        Set<String> roles = narrowing.roles(matches.get(i));
        if (roles == null) {
            return null;
        }
        return roles.equals(matches.get(i).roles())
                ? standings.get(i)
                : standings.get(i).with(identities.all(roles));
    }

    private static ListDecision standing(@Nullable Identity identity) {
        return identity == null ? ListDecision.NO_COMMON_NAME : new ListDecision(new Verdict.Admitted(identity), null);
    }
}
