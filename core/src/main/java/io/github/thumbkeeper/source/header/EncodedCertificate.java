/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.text.StrictBase64;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to write a certificate into a header field: base64, byte sequences and PEM. Each is read strictly, so that one
 * certificate has one spelling, apart from blanks in PEM.
 *
 * <p>PEM in a header differs from PEM in a file: its line breaks may have become blanks on the way, and nothing is allowed but
 * blocks of type CERTIFICATE, so that no private key is ever taken for something to skip.
 */
final class EncodedCertificate {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private EncodedCertificate() {}

    /** Reads a certificate in DER, in base64 with padding and without line breaks. */
    static X509Certificate base64(String text) throws BadHeaderException {
        byte[] der = StrictBase64.STANDARD.decode(text);
        if (der == null) {
            throw new BadHeaderException("is not base64 with padding");
        }
        try {
            return CertificateParser.parse(der);
        } catch (CertificateFormatException e) {
            throw new BadHeaderException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads certificates in base64, separated by commas. */
    static List<X509Certificate> base64List(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>(1);
        for (String member : text.split(",", -1)) {
            all.add(base64(member));
        }
        return all;
    }

    /**
     * Reads a byte sequence of structured fields, which is base64 between colons (RFC 8941 section 3.3.5). RFC 9440 has no
     * parameters, so none are allowed.
     */
    static X509Certificate byteSequence(String text) throws BadHeaderException {
        if (text.length() < 3 || text.charAt(0) != ':' || text.charAt(text.length() - 1) != ':') {
            throw new BadHeaderException("is not a byte sequence between colons");
        }
        return base64(text.substring(1, text.length() - 1));
    }

    /** Reads a list of byte sequences; an empty text is an empty list. */
    static List<X509Certificate> byteSequenceList(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String member : text.split(",", -1)) {
                all.add(byteSequence(FieldText.trim(member)));
            }
        }
        return all;
    }

    /** Reads one PEM block, whose line breaks may have become blanks; nothing may follow it. */
    static X509Certificate pem(String text) throws BadHeaderException {
        List<X509Certificate> all = pemChain(text);
        if (all.size() > 1) {
            throw new BadHeaderException("holds more than one certificate");
        }
        return all.get(0);
    }

    /** Reads one or more PEM blocks, with nothing but blanks between them. */
    static List<X509Certificate> pemChain(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>(1);
        int next = afterBlanks(text, 0);
        do {
            int body = next + BEGIN.length();
            int end = text.indexOf(END, body);
            if (end < 0 || !text.startsWith(BEGIN, next)) {
                throw new BadHeaderException("is not PEM with certificates only");
            }
            all.add(base64(withoutBlanks(text, body, end)));
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
