/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/**
 * The values of the header fields that forward a certificate. Immutable and thread-safe.
 *
 * @param certificate the value with the certificate
 * @param chain the value with the rest of the chain if the format has a separate field for it, else empty
 */
record ForwardedFields(String certificate, String chain) {

    /** Refuses characters that no proxy writes, before anything else is read. */
    ForwardedFields requirePrintable() throws BadHeaderException {
        printable(certificate);
        return this;
    }

    /** Returns the chain, without characters that no proxy writes. */
    String printableChain() throws BadHeaderException {
        return printable(chain);
    }

    private static String printable(String value) throws BadHeaderException {
        if (!FieldText.isPrintable(value)) {
            throw new BadHeaderException("has a character that is not printable ASCII");
        }
        return value;
    }

    int length() {
        return certificate.length() + chain.length();
    }
}
