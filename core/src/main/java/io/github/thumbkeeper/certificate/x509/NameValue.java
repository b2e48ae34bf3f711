/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.jspecify.annotations.Nullable;

/**
 * Value of an attribute in a distinguished name, for exact comparison. A text never equals another value.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface NameValue {

    /** A text of any string type of {@link DirectoryString#isText}. */
    record Text(String text) implements NameValue {}

    /** Any other value, such as the BIT STRING of x500UniqueIdentifier or the SEQUENCE of postalAddress, as its encoding. */
    record Encoded(String hex) implements NameValue {}

    /** Longest encoding that is compared, in bytes. */
    int MOST_BYTES = 4096;

    /** Returns the value, or null if it is a damaged text, one that no name should have, or too long. */
    static @Nullable NameValue of(ASN1Encodable value) {
        if (DirectoryString.isText(value)) {
            String text = DirectoryString.decode(value);
            return text != null && DirectoryString.isName(text) ? new Text(text) : null;
        }
        try {
            byte[] encoded = value.toASN1Primitive().getEncoded();
            return encoded.length > MOST_BYTES
                    ? null
                    : new Encoded(HexFormat.of().formatHex(encoded));
        } catch (IOException e) {
            return null;
        }
    }
}
