/* SPDX-License-Identifier: Apache-2.0 */
/** Reads names and extensions of X.509 certificates, and checks their syntax (RFC 5280). */
@NullMarked
package io.github.thumbkeeper.certificate.x509;

import org.jspecify.annotations.NullMarked;
