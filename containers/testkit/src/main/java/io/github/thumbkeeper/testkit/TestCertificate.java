/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its private key, made at run time. Immutable and thread-safe.
 *
 * <p>The certificate is an object of the JDK's own certificate factory, as a container would hand it over.
 */
public final class TestCertificate {
    private final X509Certificate certificate;
    private final KeyPair keyPair;
    private final List<X509Certificate> chain;

    TestCertificate(X509Certificate certificate, KeyPair keyPair, List<X509Certificate> issuers) {
        this.certificate = certificate;
        this.keyPair = keyPair;
        this.chain = Stream.concat(Stream.of(certificate), issuers.stream()).toList();
    }

    /** Starts a self-signed certificate with an EC P-256 key, valid from one day ago for 31 days. */
    public static Builder named(String dn) {
        return new Builder(dn);
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The private key of the certificate. */
    public PrivateKey privateKey() {
        return keyPair.getPrivate();
    }

    /** Both keys, for a renewal that keeps the key. */
    public KeyPair keyPair() {
        return keyPair;
    }

    /** This certificate first, then its issuers up to and including the root. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The certificate in DER. */
    public byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was parsed cannot be encoded", e);
        }
    }

    /** The certificate in PEM (RFC 7468). */
    public String pem() {
        return pem("CERTIFICATE", der());
    }

    /** The private key in PEM, as unencrypted PKCS #8 (RFC 7468 section 10). */
    public String privateKeyPem() {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    /** SHA-1 thumbprint in plain lower-case hex. */
    public String sha1() {
        return HexFormat.of().formatHex(digest("SHA-1", der()));
    }

    /** SHA-256 thumbprint in plain lower-case hex. */
    public String sha256() {
        return HexFormat.of().formatHex(digest("SHA-256", der()));
    }

    /** SHA-512 thumbprint in plain lower-case hex. */
    public String sha512() {
        return HexFormat.of().formatHex(digest("SHA-512", der()));
    }

    /** Base64 of the SHA-256 of the SubjectPublicKeyInfo (RFC 7469 section 2.4). */
    public String pin() {
        return Base64.getEncoder()
                .encodeToString(digest("SHA-256", keyPair.getPublic().getEncoded()));
    }

    /** A PKCS #12 key store in memory that holds the key and the chain, both under the password. */
    public KeyStore keyStore(String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", privateKey(), password.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot build a key store", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the certificate to the file in PEM. */
    public void writePem(Path file) {
        write(file, pem().getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the certificate to the file in DER. */
    public void writeDer(Path file) {
        write(file, der());
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** Collects the contents of a certificate. Not thread-safe. */
    public static final class Builder {
        private static final SecureRandom RANDOM = new SecureRandom();

        private final String dn;
        private final Extensions extensions = new Extensions();
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private BigInteger serial = new BigInteger(120, RANDOM).add(BigInteger.ONE);
        private String keyAlgorithm = "EC";
        private int keyBits = 256;
        private @Nullable KeyPair keys;
        private @Nullable TestCertificate issuer;
        private @Nullable String signature;

        Builder(String dn) {
            this.dn = dn;
        }

        /** Sets the start of validity; the encoding cuts it to whole seconds. */
        public Builder validFrom(Instant start) {
            from = start;
            return this;
        }

        /** Sets the end of validity; the encoding cuts it to whole seconds. */
        public Builder validUntil(Instant end) {
            until = end;
            return this;
        }

        /** Uses a new RSA key of this many bits. */
        public Builder rsa(int bits) {
            return newKey("RSA", bits);
        }

        /** Uses a new DSA key of 2048 bits. */
        public Builder dsa() {
            return newKey("DSA", 2048);
        }

        /** Uses a new EC key on P-256. */
        public Builder ec() {
            return newKey("EC", 256);
        }

        /** Uses a new Ed25519 key. */
        public Builder ed25519() {
            return newKey("Ed25519", 255);
        }

        /** Uses a key that exists already, as a renewal does. */
        public Builder key(KeyPair existing) {
            keys = existing;
            return this;
        }

        /** Lets this issuer sign the certificate, even if it is not a CA. */
        public Builder issuedBy(TestCertificate by) {
            issuer = by;
            return this;
        }

        /** Signs with this algorithm, such as SHA1withRSA; the signer's key must fit. */
        public Builder signedWith(String algorithm) {
            signature = algorithm;
            return this;
        }

        /** Makes the certificate a CA (RFC 5280 section 4.2.1.9). */
        public Builder ca() {
            extensions.ca();
            return this;
        }

        /** Sets the serial number, even one that an authority would never use. */
        public Builder serial(BigInteger number) {
            serial = number;
            return this;
        }

        /** Adds a DNS name to the subject alternative names. */
        public Builder dnsName(String name) {
            return alternativeName(GeneralName.dNSName, name);
        }

        /** Adds an IP address, in digits, to the subject alternative names. */
        public Builder ipAddress(String address) {
            return alternativeName(GeneralName.iPAddress, address);
        }

        /** Adds a URI to the subject alternative names. */
        public Builder uri(String uri) {
            return alternativeName(GeneralName.uniformResourceIdentifier, uri);
        }

        /** Adds an e-mail address to the subject alternative names. */
        public Builder email(String address) {
            return alternativeName(GeneralName.rfc822Name, address);
        }

        /** Adds an extended key usage with these dotted OIDs. */
        public Builder extendedKeyUsage(String... oids) {
            extensions.extendedKeyUsage(oids);
            return this;
        }

        /** Adds an extension whose value is these bytes, well-formed or not. */
        public Builder extension(String oid, boolean critical, byte[] der) {
            extensions.raw(oid, critical, der);
            return this;
        }

        /** Makes the certificate; every call makes another one, with a new key unless {@link #key(KeyPair)} gave one. */
        public TestCertificate build() {
            try {
                KeyPair subjectKeys = keys == null ? Signing.generate(keyAlgorithm, keyBits) : keys;
                PrivateKey signer = issuer == null ? subjectKeys.getPrivate() : issuer.privateKey();
                X509Certificate certificate = Signing.sign(draft(subjectKeys), signer, signature);
                return new TestCertificate(certificate, subjectKeys, issuer == null ? List.of() : issuer.chain());
            } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
                throw new IllegalStateException("Cannot make a certificate for " + dn, e);
            }
        }

        private X509v3CertificateBuilder draft(KeyPair subjectKeys) throws IOException {
            // The JDK's parser, so that the certificate gives the name back as it was written.
            X500Principal subject = new X500Principal(dn);
            X500Principal signedBy =
                    issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
            X509v3CertificateBuilder draft = new X509v3CertificateBuilder(
                    X500Name.getInstance(signedBy.getEncoded()),
                    serial,
                    Date.from(from),
                    Date.from(until),
                    X500Name.getInstance(subject.getEncoded()),
                    SubjectPublicKeyInfo.getInstance(subjectKeys.getPublic().getEncoded()));
            extensions.addTo(draft, dn.isEmpty());
            return draft;
        }

        private Builder newKey(String algorithm, int bits) {
            keyAlgorithm = algorithm;
            keyBits = bits;
            keys = null;
            return this;
        }

        private Builder alternativeName(int kind, String name) {
            extensions.alternativeName(kind, name);
            return this;
        }
    }
}
