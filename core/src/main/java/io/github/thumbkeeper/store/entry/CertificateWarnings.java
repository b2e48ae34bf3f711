/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.message.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warnings about listed certificates, one for each kind of flaw. Not thread-safe. */
final class CertificateWarnings {

    private static final int MOST_NAMED = 10;

    private final Instant now;
    private final Flaw expired;
    private final Flaw authorities;
    private final Flaw smallKeys;
    private final Flaw brokenSignatures;

    CertificateWarnings(String store, Instant now) {
        this.now = now;
        this.expired = new Flaw("store [" + store + "] lists expired certificates: ");
        this.authorities = new Flaw("store [" + store
                + "] lists certificates of authorities (CA:TRUE), each of which is itself admitted: ");
        this.smallKeys = new Flaw("store [" + store + "] lists certificates with RSA keys below "
                + CheckedCertificate.LEAST_RSA_BITS + " bits, which are too small (NIST SP 800-131A): ");
        this.brokenSignatures = new Flaw(
                "store [" + store + "] lists certificates with an MD5 or SHA-1 signature, which can be forged: ");
    }

    void add(@Nullable String name, CheckedCertificate certificate) {
        if (certificate.notAfter().isBefore(now)) {
            expired.add(name);
        }
        if (certificate.isAuthority()) {
            authorities.add(name);
        }
        if (certificate.hasSmallKey()) {
            smallKeys.add(name);
        }
        if (certificate.hasBrokenSignature()) {
            brokenSignatures.add(name);
        }
    }

    List<String> toList() {
        return Stream.of(expired, authorities, smallKeys, brokenSignatures)
                .filter(flaw -> flaw.count > 0)
                .map(Flaw::text)
                .toList();
    }

    private static final class Flaw {
        private final String what;
        private final List<String> names = new ArrayList<>();
        private int count;

        Flaw(String what) {
            this.what = what;
        }

        void add(@Nullable String name) {
            if (count++ < MOST_NAMED) {
                names.add(name == null ? "[a certificate without a name]" : SafeText.quoted(name));
            }
        }

        String text() {
            return what
                    + String.join(", ", names)
                    + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "");
        }
    }
}
