/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Limits on what a certificate from a stranger may cost. The handshake and the search for paths share them.
 *
 * <p>Depends on the JDK only: this package and {@code tls} are the jar for the boot class path.
 */
@NullMarked
package io.github.thumbkeeper.certificate.limits;

import org.jspecify.annotations.NullMarked;
