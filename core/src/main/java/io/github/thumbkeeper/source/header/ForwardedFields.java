/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/**
 * The values of the header fields that forward a certificate.
 *
 * @param certificate the value with the certificate
 * @param chain the value with what was sent along with it, if the format has a field of its own for that; else empty
 */
record ForwardedFields(String certificate, String chain) {

    /** What is not printable is refused before anything else: no proxy writes it. */
    ForwardedFields requirePrintable() throws BadHeaderException {
        if (!FieldText.isPrintable(certificate) || !FieldText.isPrintable(chain)) {
            throw new BadHeaderException("has a character that is not printable");
        }
        return this;
    }

    int length() {
        return certificate.length() + chain.length();
    }
}
