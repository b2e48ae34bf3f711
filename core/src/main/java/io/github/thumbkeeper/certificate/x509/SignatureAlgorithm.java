/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;

/** The signature algorithms of certificates, by the JDK's standard names. */
public enum SignatureAlgorithm {
    SHA1_RSA("SHA1withRSA", "1.2.840.113549.1.1.5"),
    SHA224_RSA("SHA224withRSA", "1.2.840.113549.1.1.14"),
    SHA256_RSA("SHA256withRSA", "1.2.840.113549.1.1.11"),
    SHA384_RSA("SHA384withRSA", "1.2.840.113549.1.1.12"),
    SHA512_RSA("SHA512withRSA", "1.2.840.113549.1.1.13"),
    SHA256_PSS("SHA256withRSAandMGF1", Oid.PSS + "2.16.840.1.101.3.4.2.1"),
    SHA384_PSS("SHA384withRSAandMGF1", Oid.PSS + "2.16.840.1.101.3.4.2.2"),
    SHA512_PSS("SHA512withRSAandMGF1", Oid.PSS + "2.16.840.1.101.3.4.2.3"),
    SHA1_ECDSA("SHA1withECDSA", "1.2.840.10045.4.1"),
    SHA224_ECDSA("SHA224withECDSA", "1.2.840.10045.4.3.1"),
    SHA256_ECDSA("SHA256withECDSA", "1.2.840.10045.4.3.2"),
    SHA384_ECDSA("SHA384withECDSA", "1.2.840.10045.4.3.3"),
    SHA512_ECDSA("SHA512withECDSA", "1.2.840.10045.4.3.4"),
    ED25519("Ed25519", "1.3.101.112"),
    ED448("Ed448", "1.3.101.113"),
    SHA1_DSA("SHA1withDSA", "1.2.840.10040.4.3"),
    SHA256_DSA("SHA256withDSA", "2.16.840.1.101.3.4.3.2");

    private final String standardName;
    private final String key;

    SignatureAlgorithm(String standardName, String key) {
        this.standardName = standardName;
        this.key = key;
    }

    /** Returns the algorithm with this name, ignoring case. */
    public static Optional<SignatureAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.standardName.equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns the signature algorithm of a certificate; empty if it is not one of these or cannot be read. */
    public static Optional<SignatureAlgorithm> of(X509Certificate certificate) {
        try {
            String oid = certificate.getSigAlgOID();
            String key = Oid.PSS.equals(oid + "/") ? Oid.PSS + pssDigest(certificate.getSigAlgParams()) : oid;
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.key.equals(key))
                    .findFirst();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the signature algorithm of a certificate is one of these; no algorithms allow all. */
    public static boolean isAllowed(X509Certificate certificate, Set<SignatureAlgorithm> allowed) {
        return allowed.isEmpty() || of(certificate).filter(allowed::contains).isPresent();
    }

    /**
     * Returns whether the signature of a certificate is made with MD2, MD4, MD5 or SHA-1, for which collisions can be computed. Never
     * throws.
     */
    public static boolean isBroken(X509Certificate certificate) {
        try {
            String oid = certificate.getSigAlgOID();
            return Oid.BROKEN.contains(oid)
                    || (Oid.PSS.equals(oid + "/") && Oid.SHA1.equals(pssDigest(certificate.getSigAlgParams())));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Returns all names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(each -> each.standardName).collect(Collectors.joining(", "));
    }

    /** Parameters without a digest mean SHA-1 (RFC 4055 section 3.1). */
    private static String pssDigest(byte[] parameters) {
        return RSASSAPSSparams.getInstance(parameters)
                .getHashAlgorithm()
                .getAlgorithm()
                .getId();
    }

    private static final class Oid {
        /** id-RSASSA-PSS (RFC 4055 section 3.1); the digest is in its parameters. */
        private static final String PSS = "1.2.840.113549.1.1.10/";

        private static final String SHA1 = "1.3.14.3.2.26";

        /** With RSA: RFC 3279 section 2.2.1 and OIW; with DSA and ECDSA: RFC 3279 sections 2.2.2 and 2.2.3. */
        private static final Set<String> BROKEN = Set.of(
                "1.2.840.113549.1.1.2",
                "1.2.840.113549.1.1.3",
                "1.2.840.113549.1.1.4",
                "1.2.840.113549.1.1.5",
                "1.3.14.3.2.3",
                "1.3.14.3.2.29",
                "1.3.14.3.2.13",
                "1.3.14.3.2.27",
                "1.2.840.10040.4.3",
                "1.2.840.10045.4.1");
    }
}
