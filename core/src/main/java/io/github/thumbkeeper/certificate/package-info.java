/* SPDX-License-Identifier: Apache-2.0 */
/** Digests that identify a certificate (thumbprint, public key pin, issuer and serial number), and caches for certificates. */
@NullMarked
package io.github.thumbkeeper.certificate;

import org.jspecify.annotations.NullMarked;
