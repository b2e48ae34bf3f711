/* SPDX-License-Identifier: Apache-2.0 */
/** Names, extensions and the syntax of X.509 certificates (RFC 5280). */
@NullMarked
package io.github.thumbkeeper.certificate.x509;

import org.jspecify.annotations.NullMarked;
