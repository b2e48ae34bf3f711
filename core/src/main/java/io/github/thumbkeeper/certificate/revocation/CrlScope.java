/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.x509.ExtensionValue;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a CRL: the certificates of its issuer that it covers (RFC 5280 section 5.2.5).
 *
 * <p>Immutable and thread-safe.
 */
public final class CrlScope {

    private final @Nullable IssuingDistributionPoint point;
    private final List<GeneralName> names;
    private final boolean readable;

    private CrlScope(@Nullable IssuingDistributionPoint point, List<GeneralName> names, boolean readable) {
        this.point = point;
        this.names = names;
        this.readable = readable;
    }

    /** Returns the scope of a CRL. Never throws. */
    public static CrlScope of(X509CRL list) {
        try {
            ASN1Sequence value = ExtensionValue.sequence(list, Extension.issuingDistributionPoint);
            if (value == null) {
                return new CrlScope(null, List.of(), true);
            }
            IssuingDistributionPoint point = IssuingDistributionPoint.getInstance(value);
            X500Name issuer = X500Name.getInstance(list.getIssuerX500Principal().getEncoded());
            return new CrlScope(point, names(point.getDistributionPoint(), issuer), true);
        } catch (RuntimeException e) {
            return new CrlScope(null, List.of(), false);
        }
    }

    /** Returns why the CRL cannot prove that a certificate is not revoked, or null if it can. */
    public @Nullable String objection() {
        if (!readable) {
            return "has a scope that cannot be read";
        }
        if (point == null) {
            return null;
        }
        if (point.isIndirectCRL()) {
            return "is an indirect CRL, with certificates of other issuers; expected a direct one";
        }
        if (point.onlyContainsAttributeCerts()) {
            return "is a CRL of attribute certificates";
        }
        return point.getOnlySomeReasons() == null
                ? null
                : "lists certificates revoked for some reasons only; expected a complete CRL";
    }

    /**
     * Returns whether the CRL would list this certificate of its issuer if that were revoked.
     *
     * @throws RuntimeException if the certificate's own distribution points cannot be read
     */
    public boolean covers(X509Certificate certificate) {
        if (point == null) {
            return readable;
        }
        boolean authority = certificate.getBasicConstraints() >= 0;
        boolean kind = authority ? !point.onlyContainsUserCerts() : !point.onlyContainsCACerts();
        return kind && (point.getDistributionPoint() == null || isNamedIn(certificate));
    }

    /** A CRL for one distribution point covers the certificates that name this point. */
    private boolean isNamedIn(X509Certificate certificate) {
        ASN1Sequence points = ExtensionValue.sequence(certificate, Extension.cRLDistributionPoints);
        if (points == null) {
            return false;
        }
        X500Name issuer =
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
        for (DistributionPoint each : CRLDistPoint.getInstance(points).getDistributionPoints()) {
            boolean complete = each.getReasons() == null && each.getCRLIssuer() == null;
            if (complete && names(each.getDistributionPoint(), issuer).stream().anyMatch(names::contains)) {
                return true;
            }
        }
        return false;
    }

    private static List<GeneralName> names(@Nullable DistributionPointName name, X500Name issuer) {
        if (name == null) {
            return List.of();
        }
        return name.getType() == DistributionPointName.FULL_NAME
                ? List.of(GeneralNames.getInstance(name.getName()).getNames())
                : List.of(new GeneralName(below(issuer, name.getName())));
    }

    private static X500Name below(X500Name issuer, ASN1Encodable relative) {
        List<RDN> rdns = new ArrayList<>(List.of(issuer.getRDNs()));
        rdns.add(RDN.getInstance(ASN1Set.getInstance(relative)));
        return new X500Name(rdns.toArray(RDN[]::new));
    }
}
