/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Limits on the cost of certificates from unknown clients, shared by the handshake and the search for paths.
 *
 * <p>Depends on the JDK only: this package and {@code tls} are the jar for the boot class path.
 */
@NullMarked
package io.github.thumbkeeper.certificate.limits;

import org.jspecify.annotations.NullMarked;
