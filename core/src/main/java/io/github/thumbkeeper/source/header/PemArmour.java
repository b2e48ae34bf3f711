/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates in PEM (RFC 7468), the line breaks of which may have become blanks on the way. Nothing but blocks of type
 * CERTIFICATE is accepted, no text around them, and no private key.
 */
final class PemArmour {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private PemArmour() {}

    static X509Certificate one(String text) throws BadHeaderException {
        List<X509Certificate> all = all(text);
        if (all.size() > 1) {
            throw new BadHeaderException("holds more than one certificate");
        }
        return all.get(0);
    }

    /** Returns the certificates; there is at least one. */
    static List<X509Certificate> all(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>(1);
        int next = afterBlanks(text, 0);
        do {
            int body = next + BEGIN.length();
            int end = text.indexOf(END, body);
            if (end < 0 || !text.startsWith(BEGIN, next)) {
                throw new BadHeaderException("is not PEM with certificates only");
            }
            all.add(Base64Der.certificate(withoutBlanks(text, body, end)));
            next = afterBlanks(text, end + END.length());
        } while (next < text.length());
        return all;
    }

    private static int afterBlanks(String text, int start) {
        int i = start;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static String withoutBlanks(String text, int start, int end) {
        StringBuilder rest = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            if (!isBlank(text.charAt(i))) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
