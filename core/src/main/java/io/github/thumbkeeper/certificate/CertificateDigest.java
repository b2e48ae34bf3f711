/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

/**
 * A digest that identifies a certificate: of the whole certificate, of its public key, or of its issuer and serial number.
 *
 * <p>Digests are equal if their kind and bytes are; {@link Object#toString} returns the print form. Immutable and thread-safe.
 */
public sealed interface CertificateDigest permits Thumbprint, PublicKeyPin, IssuerAndSerial {

    /** Returns a copy of the bytes of the digest. */
    byte[] toBytes();
}
