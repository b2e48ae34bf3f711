/* SPDX-License-Identifier: Apache-2.0 */
/** Reads certificates and CRLs from PEM and DER files, strictly. */
@NullMarked
package io.github.thumbkeeper.certificate.pem;

import org.jspecify.annotations.NullMarked;
