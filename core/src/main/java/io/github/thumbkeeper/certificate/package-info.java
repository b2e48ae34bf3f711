/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates and their digests as values: thumbprints, public key pins, issuer and serial number. */
@NullMarked
package io.github.thumbkeeper.certificate;

import org.jspecify.annotations.NullMarked;
