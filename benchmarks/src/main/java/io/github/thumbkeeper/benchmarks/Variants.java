/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * Any number of certificates, each with an RSA key of 2048 bits and issued by an authority, that differ in the last bytes of
 * their signature: nothing here checks it, and making a key for each would take hours.
 */
public final class Variants {

    private final byte[] template;

    /** Makes the first one. */
    public Variants() {
        TestCertificate authority =
                TestCertificate.named("CN=authority,O=Shop").rsa(2048).ca().build();
        template = TestCertificate.named("CN=client,O=Shop,C=DE")
                .rsa(2048)
                .issuedBy(authority)
                .dnsName("client.example")
                .build()
                .der();
    }

    /** Returns the certificate of this number in DER. */
    public byte[] der(int number) {
        byte[] der = template.clone();
        ByteBuffer.wrap(der).putInt(der.length - Integer.BYTES, number);
        return der;
    }

    /** Returns the certificate of this number. */
    public X509Certificate certificate(int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der(number)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The template is no certificate", e);
        }
    }

    /** Returns the SHA-256 digest of a certificate in DER. */
    public static byte[] sha256(byte[] der) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(der);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("There is no SHA-256", e);
        }
    }
}
