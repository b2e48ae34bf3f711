/* SPDX-License-Identifier: Apache-2.0 */
/** Checks with CRLs and OCSP whether a certificate is revoked. */
@NullMarked
package io.github.thumbkeeper.trust.revocation;

import org.jspecify.annotations.NullMarked;
