/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.DerElements;
import io.github.thumbkeeper.certificate.x509.X509Syntax;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * Checks that a CRL has the elements of RFC 5280 section 5.1 in their order, and nothing else.
 *
 * <p>The JDK's parser stops without an error at the first element that it does not expect: for it, a CRL with a NULL after
 * {@code nextUpdate} revokes nothing. Therefore this class also checks that the parsed CRL contains each entry. It walks the
 * entries one at a time, since a CRL may have millions. Not thread-safe.
 */
public final class CrlSyntax {

    private static final String TBS = "tbsCertList";
    private static final String CERTIFICATE_ISSUER = "2.5.29.29";

    private final X509CRL parsed;
    private boolean version2;
    private boolean ofOtherIssuers;

    private CrlSyntax(X509CRL parsed) {
        this.parsed = parsed;
    }

    /**
     * Checks a CRL.
     *
     * @param parsed the same CRL as the JDK parsed it
     */
    public static void require(byte[] der, X509CRL parsed) throws CertificateFormatException {
        try {
            new CrlSyntax(parsed).check(der);
        } catch (RuntimeException e) {
            // Bouncy Castle's parser lets unchecked exceptions out.
            throw new CertificateFormatException("is not a CRL in DER", e);
        }
    }

    private void check(byte[] der) throws CertificateFormatException {
        DerElements list = new DerElements("the list", DerElements.sequence(der));
        ASN1Sequence tbs = list.sequence(TBS);
        ASN1Sequence algorithm = list.sequence("signatureAlgorithm");
        list.bitString("signatureValue");
        list.end();
        X509Syntax.algorithm("signatureAlgorithm", algorithm);
        tbs(new DerElements(TBS, tbs), algorithm);
    }

    private void tbs(DerElements tbs, ASN1Sequence algorithm) throws CertificateFormatException {
        ASN1Integer version = tbs.optionalInteger("version");
        version2 = version != null && version.hasValue(1);
        X509Syntax.sameAlgorithm(tbs.sequence("signature"), algorithm);
        // Names have no optional elements, and the JDK refuses wrong ones.
        tbs.sequence("issuer");
        tbs.time("thisUpdate");
        tbs.optionalTime("nextUpdate");
        ASN1Sequence entries = tbs.optionalSequence("revokedCertificates");
        ASN1Sequence extensions =
                version2 ? tbs.optionalExplicit(0, ASN1Sequence.class, "crlExtensions", "one SEQUENCE") : null;
        tbs.end();
        Set<String> oids = extensions == null ? Set.of() : X509Syntax.extensions(TBS, extensions);
        X509Syntax.requireSeen(parsed, oids, TBS);
        if (entries != null) {
            entries(new DerElements("revokedCertificates", entries));
        }
    }

    private void entries(DerElements entries) throws CertificateFormatException {
        while (entries.hasMore()) {
            entry(new DerElements("an entry of revokedCertificates", entries.sequence("an entry")));
        }
    }

    private void entry(DerElements entry) throws CertificateFormatException {
        BigInteger serial = entry.integer("userCertificate").getValue();
        entry.time("revocationDate");
        ASN1Sequence extensions = version2 ? entry.optionalSequence("crlEntryExtensions") : null;
        entry.end();
        Set<String> oids = extensions == null ? Set.of() : X509Syntax.extensions("an entry", extensions);
        // After such an entry the JDK keeps entries by the other issuer, where this look-up does not find them. CRLs
        // with
        // other issuers are refused later.
        ofOtherIssuers |= oids.contains(CERTIFICATE_ISSUER);
        X509CRLEntry seen = parsed.getRevokedCertificate(serial);
        if (seen == null && !ofOtherIssuers) {
            throw new CertificateFormatException("has an entry that Java does not see");
        }
    }
}
