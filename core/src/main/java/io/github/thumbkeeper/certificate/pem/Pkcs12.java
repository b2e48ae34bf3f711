/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.Pfx;

/** Inspects a PKCS12 key store without its password (RFC 7292). Thread-safe. */
public final class Pkcs12 {

    private Pkcs12() {}

    /**
     * Returns whether a key store is really empty: its AuthenticatedSafe (RFC 7292 section 4.1) has no parts.
     *
     * <p>The JDK also shows an empty key store if it contains certificates without the JDK's own trust attribute.
     */
    public static boolean isEmpty(byte[] keyStore) {
        try {
            ContentInfo safe = Pfx.getInstance(keyStore).getAuthSafe();
            byte[] parts = ASN1OctetString.getInstance(safe.getContent()).getOctets();
            return ASN1Sequence.getInstance(parts).size() == 0;
        } catch (RuntimeException e) {
            // An unknown form counts as not empty, which gives an error instead of an empty list.
            return false;
        }
    }
}
