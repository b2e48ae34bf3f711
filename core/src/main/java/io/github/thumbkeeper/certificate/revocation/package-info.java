/* SPDX-License-Identifier: Apache-2.0 */
/** CRLs (RFC 5280 section 5) and OCSP messages (RFC 6960). */
@NullMarked
package io.github.thumbkeeper.certificate.revocation;

import org.jspecify.annotations.NullMarked;
