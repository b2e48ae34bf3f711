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
import java.util.stream.Stream;

/**
 * The rules of RFC 5280 section 6 for a path that ends at its root, as the JDK applies them.
 *
 * <p>Of an anchor the JDK takes name and key only. So a root that constrains anything stands in the path itself, where what it says
 * counts like that of any other authority. Any other root does not: it would have to name policies for those below it to have
 * any, and no root does.
 */
public final class PkixValidation {

    /** Certificate policies, name constraints, policy mappings, policy constraints, inhibit any policy. */
    private static final List<String> CONSTRAINTS =
            List.of("2.5.29.32", "2.5.29.30", "2.5.29.33", "2.5.29.36", "2.5.29.54");

    private static final int KEY_CERT_SIGN = 5;

    private PkixValidation() {}

    /** Returns whether the rules hold at the moment nearest to now at which all certificates are valid. */
    static boolean hold(List<X509Certificate> path, Instant now) {
        Instant from = path.stream()
                .map(each -> each.getNotBefore().toInstant())
                .reduce(Instant.MIN, (one, other) -> one.isAfter(other) ? one : other);
        Instant until = path.stream()
                .map(each -> each.getNotAfter().toInstant())
                .reduce(Instant.MAX, (one, other) -> one.isBefore(other) ? one : other);
        return !from.isAfter(until) && hold(path, Date.from(nearest(now, from, until)));
    }

    /** Returns the moment nearest to now at which a certificate is valid. */
    public static Instant nearest(Instant now, X509Certificate certificate) {
        return nearest(
                now,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static Instant nearest(Instant now, Instant from, Instant until) {
        return now.isBefore(from) ? from : now.isAfter(until) ? until : now;
    }

    private static boolean hold(List<X509Certificate> path, Date date) {
        int last = path.size() - 1;
        X509Certificate root = path.get(last);
        TrustAnchor itself = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
        if (last == 0) {
            return isValid(path, itself, date);
        }
        return isAuthority(root)
                && isValid(List.of(root), itself, date)
                && isValid(path.subList(0, last), new TrustAnchor(root, null), date)
                && (!constrains(root) || isValid(path, itself, date));
    }

    private static boolean isAuthority(X509Certificate root) {
        boolean[] usage = root.getKeyUsage();
        return root.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static boolean constrains(X509Certificate root) {
        return root.getBasicConstraints() != Integer.MAX_VALUE || hasAny(root, CONSTRAINTS.stream());
    }

    private static boolean hasAny(X509Certificate root, Stream<String> oids) {
        return oids.anyMatch(oid -> root.getExtensionValue(oid) != null);
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
            // Unchecked ones come from constraints and names that the JDK does not understand.
            return false;
        }
    }
}
