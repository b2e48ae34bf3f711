/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Extension;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/** Reads the value of an extension of a certificate or CRL. Thread-safe. */
public final class ExtensionValue {

    private ExtensionValue() {}

    /**
     * Returns the SEQUENCE that is the value of an extension, or null if there is no such extension.
     *
     * @throws RuntimeException if the value is anything other than one SEQUENCE in DER
     */
    public static @Nullable ASN1Sequence sequence(X509Extension owner, ASN1ObjectIdentifier oid) {
        byte[] value = owner.getExtensionValue(oid.getId());
        return value == null
                ? null
                : ASN1Sequence.getInstance(ASN1OctetString.getInstance(value).getOctets());
    }
}
