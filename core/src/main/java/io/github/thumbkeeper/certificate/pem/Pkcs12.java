/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.Pfx;

/** What can be told of a PKCS12 key store without its password (RFC 7292). */
public final class Pkcs12 {

    private Pkcs12() {}

    /**
     * Returns whether a key store really holds nothing: its AuthenticatedSafe (RFC 7292 section 4.1) has no part.
     *
     * <p>The JDK shows an empty key store too when certificates are there, but lack its trust attribute.
     */
    public static boolean isEmpty(byte[] keyStore) {
        try {
            ContentInfo safe = Pfx.getInstance(keyStore).getAuthSafe();
            byte[] parts = ASN1OctetString.getInstance(safe.getContent()).getOctets();
            return ASN1Sequence.getInstance(parts).size() == 0;
        } catch (RuntimeException e) {
            // A form that is not understood here counts as one that holds something: an error, not an empty list.
            return false;
        }
    }
}
