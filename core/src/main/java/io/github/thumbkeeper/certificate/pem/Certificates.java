/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificates of a PEM or DER file, in its order.
 *
 * <p>Immutable and thread-safe.
 *
 * @param certificates at least one
 * @param warnings for the administrator, each a sentence without a subject
 */
public record Certificates(List<X509Certificate> certificates, List<String> warnings) {
    public Certificates {
        certificates = List.copyOf(certificates);
        warnings = List.copyOf(warnings);
    }
}
