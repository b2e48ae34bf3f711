/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Validates a path that ends at its root by the rules of RFC 5280 section 6, with the JDK's {@code CertPathValidator}.
 *
 * <p>The JDK uses only the name and the key of a trust anchor. A root with constraints is therefore validated as part of the path
 * too, so that its constraints apply like those of any other authority. A root without constraints is not: as part of the path it
 * would have to list policies for the certificates below it to have any, and roots list none.
 */
public final class PkixValidation {

    /** Certificate policies, name constraints, policy mappings, policy constraints, inhibit any policy. */
    private static final List<String> CONSTRAINTS =
            List.of("2.5.29.32", "2.5.29.30", "2.5.29.33", "2.5.29.36", "2.5.29.54");

    private static final int KEY_CERT_SIGN = 5;

    private PkixValidation() {}

    /**
     * Returns whether a path is valid at the moment nearest to now at which all its certificates are in force. The caller
     * checks the dates themselves, with its own tolerance.
     */
    static boolean isValid(List<X509Certificate> path, Instant now) {
        Instant from = path.stream()
                .map(each -> each.getNotBefore().toInstant())
                .reduce(Instant.MIN, (one, other) -> one.isAfter(other) ? one : other);
        Instant until = path.stream()
                .map(each -> each.getNotAfter().toInstant())
                .reduce(Instant.MAX, (one, other) -> one.isBefore(other) ? one : other);
        return !from.isAfter(until) && isValid(path, Date.from(nearest(now, from, until)));
    }

    /** Returns the moment nearest to now at which a certificate is in force. */
    public static Instant nearest(Instant now, X509Certificate certificate) {
        return nearest(
                now,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static Instant nearest(Instant now, Instant from, Instant until) {
        return now.isBefore(from) ? from : now.isAfter(until) ? until : now;
    }

    private static boolean isValid(List<X509Certificate> path, Date date) {
        int last = path.size() - 1;
        X509Certificate root = path.get(last);
        TrustAnchor anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
        if (last == 0) {
            return isValid(path, anchor, date);
        }
        return isAuthority(root)
                && isValid(List.of(root), anchor, date)
                && isValid(path.subList(0, last), new TrustAnchor(root, null), date)
                && (!hasConstraints(root) || isValid(path, anchor, date));
    }

    private static boolean isAuthority(X509Certificate root) {
        boolean[] usage = root.getKeyUsage();
        return root.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static boolean hasConstraints(X509Certificate root) {
        return root.getBasicConstraints() != Integer.MAX_VALUE
                || CONSTRAINTS.stream().anyMatch(oid -> root.getExtensionValue(oid) != null);
    }

    private static boolean isValid(List<X509Certificate> path, TrustAnchor anchor, Date date) {
        try {
            PKIXParameters rules = new PKIXParameters(Set.of(anchor));
            rules.setRevocationEnabled(false);
            rules.setDate(date);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), rules);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK throws unchecked exceptions for constraints and names that it does not understand.
            return false;
        }
    }
}
