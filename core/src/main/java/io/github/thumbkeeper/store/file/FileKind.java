/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import java.util.Arrays;

/** Kind of a file, recognised by its content, never by its name. */
enum FileKind {
    JKS,
    JCEKS,
    PKCS12,
    BCFKS,
    CERTIFICATES,
    TEXT,
    UNKNOWN;

    private static final int SEQUENCE = 0x30;

    /** The OBJECT IDENTIFIER 1.2.840.113549.1.5.13 in DER (RFC 8018 appendix A.4). */
    private static final byte[] PBES2 = {6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 5, 0x0D};

    static FileKind of(byte[] bytes) {
        if (startsWith(bytes, 0xFE, 0xED, 0xFE, 0xED)) {
            return JKS;
        }
        if (startsWith(bytes, 0xCE, 0xCE, 0xCE, 0xCE)) {
            return JCEKS;
        }
        return isDerKeyStore(bytes) ? derKeyStore(bytes) : textOrCertificates(bytes);
    }

    boolean isKeyStore() {
        return this == JKS || this == JCEKS || this == PKCS12 || this == BCFKS;
    }

    private static FileKind textOrCertificates(byte[] bytes) {
        if (CertificateReader.recognises(bytes)) {
            return CERTIFICATES;
        }
        return isText(bytes) ? TEXT : UNKNOWN;
    }

    private static boolean isDerKeyStore(byte[] bytes) {
        return isPkcs12(bytes) || isBcfks(bytes);
    }

    private static FileKind derKeyStore(byte[] bytes) {
        return isPkcs12(bytes) ? PKCS12 : BCFKS;
    }

    /** Returns whether it begins like a PFX, with version 3 (RFC 7292 section 4). */
    private static boolean isPkcs12(byte[] bytes) {
        int inner = contentOf(bytes, 0);
        return inner > 0 && at(bytes, inner) == 0x02 && at(bytes, inner + 1) == 1 && at(bytes, inner + 2) == 3;
    }

    /**
     * Returns whether it begins like an encrypted BCFKS store, with three sequences and the identifier of PBES2. A PkiPath, an OCSP
     * request and a CRL of version 1 begin with three sequences too, and a CRL has there the identifier of its signature. No such
     * store is shorter than 128 bytes, so its length byte is never an ASCII digit, as in a thumbprint list that begins with 010203.
     */
    private static boolean isBcfks(byte[] bytes) {
        int inner = at(bytes, 1) >= 0x80 ? contentOf(bytes, 0) : -1;
        int second = inner > 0 ? contentOf(bytes, inner) : -1;
        int third = second > 0 ? contentOf(bytes, second) : -1;
        return third > 0
                && third + PBES2.length <= bytes.length
                && Arrays.equals(bytes, third, third + PBES2.length, PBES2, 0, PBES2.length);
    }

    /** Returns the offset of the content of the sequence at an offset, or -1 if there is no sequence. */
    private static int contentOf(byte[] bytes, int offset) {
        int length = at(bytes, offset + 1);
        if (at(bytes, offset) != SEQUENCE || length < 0) {
            return -1;
        }
        int more = length > 0x80 ? length - 0x80 : 0;
        return more <= 4 ? offset + 2 + more : -1;
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            boolean control = b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f';
            if (control) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (at(bytes, i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }
}
