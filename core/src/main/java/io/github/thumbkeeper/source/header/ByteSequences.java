/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates as byte sequences of structured fields (RFC 8941 section 3.3.5), as RFC 9440 forwards them. Parameters are
 * not accepted: RFC 9440 has none.
 */
final class ByteSequences {

    private ByteSequences() {}

    static X509Certificate item(String text) throws BadHeaderException {
        if (text.length() < 3 || text.charAt(0) != ':' || text.charAt(text.length() - 1) != ':') {
            throw new BadHeaderException("is not a byte sequence between colons");
        }
        return Base64Der.certificate(text.substring(1, text.length() - 1));
    }

    /** Returns the members of a list; an empty text is an empty list. */
    static List<X509Certificate> list(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String member : text.split(",", -1)) {
                all.add(item(FieldText.trim(member)));
            }
        }
        return all;
    }
}
