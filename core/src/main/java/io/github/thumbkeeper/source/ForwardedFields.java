/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

/**
 * The values of the header fields that forward a certificate.
 *
 * @param certificate the value with the certificate
 * @param chain the value with what was sent along with it, if the format has a field of its own for that; else empty
 */
record ForwardedFields(String certificate, String chain) {

    int length() {
        return certificate.length() + chain.length();
    }
}
