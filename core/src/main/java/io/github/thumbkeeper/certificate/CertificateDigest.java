/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

/**
 * A digest by which a certificate is recognised: of the whole certificate, of its public key, or of its issuer and
 * serial number.
 *
 * <p>Immutable; equal by kind and bytes; {@link Object#toString} is the canonical print form.
 */
public sealed interface CertificateDigest permits Thumbprint, PublicKeyPin, IssuerAndSerial {

    /** Returns a copy of the bytes of the digest. */
    byte[] toBytes();
}
