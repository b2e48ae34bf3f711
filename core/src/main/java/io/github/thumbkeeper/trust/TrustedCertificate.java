/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the trust store.
 *
 * @param id the label it stands under, or null if it has none
 * @param certificate the certificate
 */
public record TrustedCertificate(@Nullable String id, X509Certificate certificate) {}
