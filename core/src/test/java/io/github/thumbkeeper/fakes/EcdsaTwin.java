/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/** Makes a second certificate from a self-signed ECDSA one: the same content, and the equally valid signature (r, n - s). */
public final class EcdsaTwin {

    private EcdsaTwin() {}

    /** Returns the twin; an attacker can make it without the key. */
    public static X509Certificate of(X509Certificate certificate) {
        try {
            ASN1Sequence parts = ASN1Sequence.getInstance(certificate.getEncoded());
            ASN1Sequence signature = ASN1Sequence.getInstance(
                    ASN1BitString.getInstance(parts.getObjectAt(2)).getOctets());
            BigInteger order =
                    ((ECPublicKey) certificate.getPublicKey()).getParams().getOrder();
            BigInteger s = ASN1Integer.getInstance(signature.getObjectAt(1)).getValue();
            DERSequence other =
                    new DERSequence(new ASN1Encodable[] {signature.getObjectAt(0), new ASN1Integer(order.subtract(s))});
            DERSequence twin = new DERSequence(new ASN1Encodable[] {
                parts.getObjectAt(0), parts.getObjectAt(1), new DERBitString(other.getEncoded())
            });
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(twin.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
