/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one snapshot of the list says of one certificate, whatever the time.
 *
 * <p>Immutable and safe to share between threads. It does not hold the certificate.
 */
public final class Listing {

    private final List<Entry> matches;
    private final List<Standing> standings;
    private final boolean disabled;
    private final long notBefore;
    private final long notAfter;

    Listing(List<Entry> matches, X509Certificate certificate, Thumbprint sha256, Identities identities) {
        this.matches = List.copyOf(matches);
        this.standings = matches.stream()
                .map(entry -> standing(identities.of(entry, certificate, sha256)))
                .toList();
        this.disabled = matches.stream().anyMatch(Entry::disabled);
        this.notBefore = certificate.getNotBefore().getTime();
        this.notAfter = certificate.getNotAfter().getTime();
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
     * Returns how the certificate stands: a disabled entry refuses whatever the others say, else the first entry in force
     * speaks for it.
     *
     * @param now the current time, in milliseconds since 1970
     */
    public Standing at(long now) {
        if (matches.isEmpty()) {
            return Standing.NOT_LISTED;
        }
        if (disabled) {
            return Standing.DISABLED;
        }
        for (int i = 0; i < matches.size(); i++) {
            if (matches.get(i).isInForceAt(now)) {
                return standings.get(i);
            }
        }
        return Standing.NOT_IN_FORCE;
    }

    private static Standing standing(@Nullable Identity identity) {
        return identity == null ? Standing.NO_COMMON_NAME : new Standing(new Verdict.Admitted(identity), null);
    }
}
