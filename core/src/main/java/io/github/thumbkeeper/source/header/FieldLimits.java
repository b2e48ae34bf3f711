/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/**
 * Limits of the parts of header fields, checked before a part is decoded. They are in characters, which are the bytes of the
 * field. Thread-safe.
 */
final class FieldLimits {

    /** Longest certificate, and longest part of a field that is neither a certificate nor a chain. */
    static final int CERTIFICATE = 16 * 1024;

    /** Longest rest of a chain. */
    static final int CHAIN = 64 * 1024;

    /** Longest field of one proxy: certificate, chain and the rest. */
    static final int ELEMENT = CERTIFICATE + CHAIN + CERTIFICATE;

    private FieldLimits() {}

    static void requireCertificate(String text) throws BadHeaderException {
        if (text.length() > CERTIFICATE) {
            throw BadHeaderException.tooLong("the certificate", CERTIFICATE);
        }
    }

    static void requireChain(String text) throws BadHeaderException {
        if (text.length() > CHAIN) {
            throw BadHeaderException.tooLong("the chain", CHAIN);
        }
    }
}
