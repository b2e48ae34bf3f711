/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import io.github.thumbkeeper.certificate.x509.CanonicalName;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digest of the issuer and serial number of a certificate, which together identify it (RFC 5280 section 4.1.2.2).
 *
 * <p>For deny lists only, because anyone can put both into a self-made certificate. It does not change if an attacker rewrites the
 * signature, which for ECDSA is possible without the key. Names that differ in case, white space or string type count as
 * equal (see {@link CanonicalName}). Immutable and thread-safe.
 */
public final class IssuerAndSerial implements CertificateDigest {

    private final byte[] digest;

    private IssuerAndSerial(byte[] digest) {
        this.digest = digest;
    }

    /** Computes the digest of a certificate. */
    public static IssuerAndSerial of(X509Certificate certificate) {
        return of(certificate.getIssuerX500Principal(), certificate.getSerialNumber());
    }

    /** Computes the digest of an issuer's name and a serial number. */
    public static IssuerAndSerial of(X500Principal issuer, BigInteger serial) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CanonicalName.of(issuer).getBytes(StandardCharsets.UTF_8));
        out.write(0);
        out.writeBytes(serial.toByteArray());
        return new IssuerAndSerial(DigestAlgorithm.SHA256.digest(out.toByteArray()));
    }

    /**
     * Returns the digest that consists of these 32 bytes.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public static IssuerAndSerial ofDigest(byte[] digest) {
        if (digest.length != DigestAlgorithm.SHA256.length()) {
            throw new IllegalArgumentException("SHA-256 has 32 bytes, not " + digest.length);
        }
        return new IssuerAndSerial(digest.clone());
    }

    @Override
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IssuerAndSerial that && Arrays.equals(digest, that.digest);
    }

    /** Returns the leading bytes, which are as good as any hash of them. */
    @Override
    public int hashCode() {
        return (digest[0] & 0xFF) << 24 | (digest[1] & 0xFF) << 16 | (digest[2] & 0xFF) << 8 | (digest[3] & 0xFF);
    }

    /** Returns {@code issuer+serial:} and lower-case hex. */
    @Override
    public String toString() {
        return "issuer+serial:" + HexFormat.of().formatHex(digest);
    }
}
