/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/** Reads the value of an extension, which is whatever its owner wrote. */
public final class ExtensionValue {

    private ExtensionValue() {}

    /**
     * Returns the sequence that an extension consists of, or null if the certificate does not have the extension.
     *
     * @throws RuntimeException if the extension is no sequence in DER
     */
    public static @Nullable ASN1Sequence sequence(X509Certificate certificate, String oid) {
        byte[] value = certificate.getExtensionValue(oid);
        return value == null
                ? null
                : ASN1Sequence.getInstance(ASN1OctetString.getInstance(value).getOctets());
    }
}
