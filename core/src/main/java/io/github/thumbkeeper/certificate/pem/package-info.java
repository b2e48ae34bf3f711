/* SPDX-License-Identifier: Apache-2.0 */
/** Reads certificates and CRLs strictly from PEM and DER. */
@NullMarked
package io.github.thumbkeeper.certificate.pem;

import org.jspecify.annotations.NullMarked;
