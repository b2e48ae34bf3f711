/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import java.security.cert.X509Certificate;
import java.util.Base64;

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

    /** The JDK takes missing padding, and bits of the last character that carry nothing, too. */
    static byte[] decode(String base64) throws BadHeaderException {
        byte[] decoded = decodeLeniently(base64);
        if (decoded.length == 0 || !Base64.getEncoder().encodeToString(decoded).equals(base64)) {
            throw new BadHeaderException("is not base64 with padding");
        }
        return decoded;
    }

    private static byte[] decodeLeniently(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
