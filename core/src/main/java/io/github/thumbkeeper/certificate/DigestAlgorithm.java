/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest algorithms of thumbprints; MD5 is refused, because its collisions are cheap. */
public enum DigestAlgorithm {
    SHA1("SHA-1", "sha1", 20),
    SHA256("SHA-256", "sha256", 32),
    SHA384("SHA-384", "sha384", 48),
    SHA512("SHA-512", "sha512", 64);

    private final String standardName;
    private final String prefix;
    private final int length;

    DigestAlgorithm(String standardName, String prefix, int length) {
        this.standardName = standardName;
        this.prefix = prefix;
        this.length = length;
    }

    /** Returns the JDK's name of the algorithm, such as {@code SHA-256}. */
    public String standardName() {
        return standardName;
    }

    /** Returns the prefix of a printed thumbprint, such as {@code sha256}. */
    public String prefix() {
        return prefix;
    }

    /** Returns the length of a digest in bytes. */
    public int length() {
        return length;
    }

    /** Computes the digest of these bytes. */
    public byte[] digest(byte[] bytes) {
        return DigestPool.of(this).digest(bytes);
    }

    /** Returns an object that computes many digests one after another. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + standardName, e);
        }
    }
}
