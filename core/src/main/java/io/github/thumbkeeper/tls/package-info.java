/* SPDX-License-Identifier: Apache-2.0 */
/** The trust manager that lets every client certificate through the TLS handshake. Dangerous without a gate. */
@NullMarked
package io.github.thumbkeeper.tls;

import org.jspecify.annotations.NullMarked;
