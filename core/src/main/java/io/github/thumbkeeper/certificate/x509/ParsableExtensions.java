/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * Checks that the JDK can read the values of extensions. It ignores one that is malformed and not critical: a malformed extended
 * key usage allows everything, and malformed name constraints constrain nothing. Thread-safe.
 */
public final class ParsableExtensions {

    private static final int EXTENSIONS = 3;

    private ParsableExtensions() {}

    /** Returns whether the JDK can read those of these extensions that a certificate has. Never throws. */
    public static boolean contain(X509Certificate certificate, Set<String> oids) {
        try {
            Set<String> present = new HashSet<>(oids);
            Set<String> passedOver = certificate.getNonCriticalExtensionOIDs();
            present.retainAll(passedOver == null ? Set.of() : passedOver);
            if (!present.isEmpty()) {
                CertificateParser.parse(withCritical(certificate.getEncoded(), present));
            }
            return true;
        } catch (IOException | CertificateException | RuntimeException e) {
            return false;
        }
    }

    /** Returns the certificate with these extensions marked critical, because the JDK throws if it cannot read a critical one. */
    private static byte[] withCritical(byte[] der, Set<String> oids) throws IOException {
        ASN1Sequence certificate = ASN1Sequence.getInstance(der);
        ASN1EncodableVector tbs = new ASN1EncodableVector();
        for (ASN1Encodable element : ASN1Sequence.getInstance(certificate.getObjectAt(0))) {
            boolean extensions = element instanceof ASN1TaggedObject tagged && tagged.hasContextTag(EXTENSIONS);
            tbs.add(extensions ? withCritical((ASN1TaggedObject) element, oids) : element);
        }
        return new DERSequence(new ASN1Encodable[] {
                    new DERSequence(tbs), certificate.getObjectAt(1), certificate.getObjectAt(2)
                })
                .getEncoded("DER");
    }

    private static ASN1Encodable withCritical(ASN1TaggedObject tagged, Set<String> oids) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (ASN1Encodable each : ASN1Sequence.getInstance(tagged, true)) {
            Extension extension = Extension.getInstance(each);
            boolean critical = oids.contains(extension.getExtnId().getId());
            all.add(critical ? new Extension(extension.getExtnId(), true, extension.getExtnValue()) : extension);
        }
        return new DERTaggedObject(true, EXTENSIONS, Extensions.getInstance(new DERSequence(all)));
    }
}
