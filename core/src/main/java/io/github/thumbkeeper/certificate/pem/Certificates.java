/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificates found in a piece of PEM or DER, in its order.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param certificates at least one
 * @param warnings what the administrator should know, each a sentence without a subject of its own
 */
public record Certificates(List<X509Certificate> certificates, List<String> warnings) {
    public Certificates {
        certificates = List.copyOf(certificates);
        warnings = List.copyOf(warnings);
    }
}
