/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds a CRL: by default issued an hour ago and valid for another hour. */
public final class RevocationLists {

    private final X509v2CRLBuilder builder;
    private TestCertificate signer;

    /** Starts an empty CRL of this authority. */
    public RevocationLists(TestCertificate authority) {
        this(authority, Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    }

    /** Starts an empty CRL of this authority with thisUpdate and nextUpdate; null for no nextUpdate. */
    public RevocationLists(TestCertificate authority, Instant from, Instant until) {
        builder = new X509v2CRLBuilder(
                X500Name.getInstance(
                        authority.certificate().getSubjectX500Principal().getEncoded()),
                Date.from(from));
        if (until != null) {
            builder.setNextUpdate(Date.from(until));
        }
        signer = authority;
    }

    /** Revokes a certificate. */
    public RevocationLists revoke(TestCertificate certificate) {
        return revoke(certificate.certificate().getSerialNumber());
    }

    /** Revokes a serial number. */
    public RevocationLists revoke(BigInteger serial) {
        builder.addCRLEntry(serial, Date.from(Instant.now().minusSeconds(7200)), CRLReason.keyCompromise);
        return this;
    }

    /** Revokes a serial number, with an entry extension. */
    public RevocationLists revoke(BigInteger serial, String oid, boolean critical, ASN1Encodable value) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(new ASN1ObjectIdentifier(oid), critical, value);
            Extensions made = extensions.generate();
            builder.addCRLEntry(serial, Date.from(Instant.now().minusSeconds(7200)), made);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds an extension. */
    public RevocationLists extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(
                    new Extension(oid, critical, value.toASN1Primitive().getEncoded("DER")));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets another key sign in the name of the authority. */
    public RevocationLists signedBy(TestCertificate other) {
        signer = other;
        return this;
    }

    /** Returns the CRL in DER. */
    public byte[] der() {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.privateKey()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
