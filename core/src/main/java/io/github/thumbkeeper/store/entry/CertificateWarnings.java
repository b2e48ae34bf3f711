/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.message.SafeText;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Warnings about listed certificates, one for each kind of flaw. Not thread-safe. */
final class CertificateWarnings {

    private static final int MOST_NAMED = 10;
    private static final int LEAST_RSA_BITS = 2048;

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
        this.smallKeys = new Flaw("store [" + store + "] lists certificates with RSA keys below " + LEAST_RSA_BITS
                + " bits, which are too small (NIST SP 800-131A): ");
        this.brokenSignatures = new Flaw(
                "store [" + store + "] lists certificates with an MD5 or SHA-1 signature, which can be forged: ");
    }

    void add(NamedCertificate listed) {
        if (listed.certificate().getNotAfter().toInstant().isBefore(now)) {
            expired.add(listed);
        }
        if (listed.certificate().getBasicConstraints() >= 0) {
            authorities.add(listed);
        }
        if (hasSmallKey(listed.certificate())) {
            smallKeys.add(listed);
        }
        if (SignatureAlgorithm.isBroken(listed.certificate())) {
            brokenSignatures.add(listed);
        }
    }

    private static boolean hasSmallKey(X509Certificate certificate) {
        try {
            return certificate.getPublicKey() instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() < LEAST_RSA_BITS;
        } catch (RuntimeException e) {
            // Certificates of other providers let unchecked exceptions out; a warning is not worth the list.
            return false;
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

        void add(NamedCertificate listed) {
            if (count++ < MOST_NAMED) {
                names.add(listed.name() == null ? "[a certificate without a name]" : SafeText.quoted(listed.name()));
            }
        }

        String text() {
            return what
                    + String.join(", ", names)
                    + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "");
        }
    }
}
