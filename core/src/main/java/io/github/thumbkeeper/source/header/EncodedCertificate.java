/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.text.StrictBase64;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.certificate.x509.ConcatenatedDer;
import io.github.thumbkeeper.message.SafeText;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to write a certificate into a header field: base64, byte sequences and PEM. Each is read strictly, so that one
 * certificate has one spelling, apart from blanks in PEM and the padding of byte sequences.
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
        return certificate(bytes(text, "is not base64 with padding, on one line"));
    }

    /** Reads certificates in base64, separated by commas. */
    static List<byte[]> base64List(String text) throws BadHeaderException {
        List<byte[]> all = new ArrayList<>(1);
        for (String member : text.split(",", -1)) {
            if (member.isEmpty()) {
                throw new BadHeaderException("has an empty member next to a comma");
            }
            all.add(bytes(member, "has a member that is not base64 with padding, on one line"));
        }
        return all;
    }

    /**
     * Reads a byte sequence of structured fields, which is base64 between colons (RFC 8941 section 3.3.5). RFC 9440 has no
     * parameters, so none are allowed.
     */
    static X509Certificate byteSequence(String text) throws BadHeaderException {
        return certificate(bytesBetweenColons(text));
    }

    /**
     * Reads a list of byte sequences; an empty text is an empty list. A byte sequence may have several certificates, one after
     * another, because HAProxy's {@code ssl_c_chain_der} has the whole chain.
     */
    static List<X509Certificate> byteSequenceList(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String member : text.split(",", -1)) {
                all.addAll(concatenated(bytesBetweenColons(FieldText.trim(member))));
            }
        }
        return all;
    }

    /** Reads one PEM block, whose line breaks may have become blanks; nothing may follow it. */
    static X509Certificate pem(String text) throws BadHeaderException {
        List<byte[]> all = pemBlocks(text);
        if (all.size() > 1) {
            throw new BadHeaderException("has " + all.size() + " certificates; expected one");
        }
        return certificate(all.get(0));
    }

    /** Reads one or more PEM blocks, with nothing but blanks between them, into the DER of each. */
    static List<byte[]> pemBlocks(String text) throws BadHeaderException {
        List<byte[]> all = new ArrayList<>(1);
        int next = afterBlanks(text, 0);
        do {
            if (!text.startsWith(BEGIN, next)) {
                throw new BadHeaderException(
                        all.isEmpty()
                                ? "is not PEM; expected a block of type CERTIFICATE at the start"
                                : "has something other than a PEM block of type CERTIFICATE after a certificate");
            }
            int body = next + BEGIN.length();
            int end = text.indexOf(END, body);
            if (end < 0) {
                throw new BadHeaderException("has a PEM block without an end; it may be cut off");
            }
            all.add(bytes(withoutBlanks(text, body, end), "the block is not base64"));
            next = afterBlanks(text, end + END.length());
        } while (next < text.length());
        return all;
    }

    /** Parses the DER of one certificate. */
    static X509Certificate certificate(byte[] der) throws BadHeaderException {
        try {
            return CertificateParser.parse(der);
        } catch (CertificateFormatException e) {
            throw rejected(e);
        }
    }

    private static List<X509Certificate> concatenated(byte[] der) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>(1);
        try {
            for (byte[] each : ConcatenatedDer.split(der)) {
                all.add(CertificateParser.parse(each));
            }
        } catch (CertificateFormatException e) {
            throw rejected(e);
        }
        return all;
    }

    private static BadHeaderException rejected(CertificateFormatException e) {
        return new BadHeaderException(SafeText.sentence(String.valueOf(e.getMessage())));
    }

    /** Some proxies leave the padding out, which RFC 8941 section 4.2.7 lets a parser accept. */
    private static byte[] bytesBetweenColons(String text) throws BadHeaderException {
        if (text.length() < 2 || text.charAt(0) != ':' || text.charAt(text.length() - 1) != ':') {
            throw new BadHeaderException("is not a byte sequence, which is base64 between colons");
        }
        if (text.length() == 2) {
            throw new BadHeaderException(
                    "is an empty byte sequence; expected a certificate in it, or no header field at all");
        }
        String base64 = text.substring(1, text.length() - 1);
        StrictBase64 form = base64.endsWith("=") ? StrictBase64.STANDARD : StrictBase64.UNPADDED;
        return bytes(form, base64, "has something other than base64 between its colons");
    }

    private static byte[] bytes(String base64, String otherwise) throws BadHeaderException {
        return bytes(StrictBase64.STANDARD, base64, otherwise);
    }

    private static byte[] bytes(StrictBase64 form, String base64, String otherwise) throws BadHeaderException {
        byte[] bytes = form.decode(base64);
        if (bytes == null) {
            throw new BadHeaderException(otherwise);
        }
        return bytes;
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
