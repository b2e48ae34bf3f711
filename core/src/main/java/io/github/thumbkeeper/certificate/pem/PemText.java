/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes certificates in PEM (RFC 7468). */
public final class PemText {

    private static final int LINE = 64;
    private static final byte[] NEW_LINE = {'\n'};

    private PemText() {}

    /** Returns a certificate in PEM, with a line feed after each line. */
    public static String ofCertificate(byte[] der) {
        byte[] base64 = Base64.getMimeEncoder(LINE, NEW_LINE).encode(der);
        return "-----BEGIN CERTIFICATE-----\n" + new String(base64, StandardCharsets.US_ASCII)
                + "\n-----END CERTIFICATE-----\n";
    }
}
