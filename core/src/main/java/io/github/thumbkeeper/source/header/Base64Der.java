/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.text.StrictBase64;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import java.security.cert.X509Certificate;

/**
 * Base64 in the one spelling that an encoder gives it (RFC 4648 section 4, with padding and nothing in between), and one
 * certificate in DER in it, byte for byte.
 */
final class Base64Der {

    private Base64Der() {}

    static X509Certificate certificate(String base64) throws BadHeaderException {
        return parse(decode(base64));
    }

    static X509Certificate parse(byte[] der) throws BadHeaderException {
        try {
            return CertificateParser.parse(der);
        } catch (CertificateFormatException e) {
            throw new BadHeaderException(String.valueOf(e.getMessage()));
        }
    }

    static byte[] decode(String base64) throws BadHeaderException {
        byte[] decoded = StrictBase64.STANDARD.decode(base64);
        if (decoded == null) {
            throw new BadHeaderException("is not base64 with padding");
        }
        return decoded;
    }
}
