/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * The request to an OCSP responder about one certificate (RFC 6960 section 4.1), in the form of RFC 5019: unsigned and without a
 * nonce. It identifies the certificate by SHA-1, as RFC 5019 demands; no security depends on that.
 *
 * <p>Immutable and thread-safe.
 */
public final class OcspRequest {

    private static final AlgorithmIdentifier SHA1 =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.14.3.2.26"), DERNull.INSTANCE);

    private final CertID id;

    /** Creates the request whether the issuer has revoked the certificate. */
    public OcspRequest(X509Certificate certificate, X509Certificate issuer) {
        byte[] key = SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded())
                .getPublicKeyData()
                .getBytes();
        this.id = new CertID(
                SHA1,
                new DEROctetString(DigestAlgorithm.SHA1.digest(
                        issuer.getSubjectX500Principal().getEncoded())),
                new DEROctetString(DigestAlgorithm.SHA1.digest(key)),
                new ASN1Integer(certificate.getSerialNumber()));
    }

    /** Returns the request in DER. */
    public byte[] der() {
        try {
            TBSRequest request = new TBSRequest(null, new DERSequence(new Request(id, null)), (Extensions) null);
            return new OCSPRequest(request, null).getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("an OCSP request cannot be encoded", e);
        }
    }

    boolean isAbout(CertID other) {
        return id.getSerialNumber().equals(other.getSerialNumber())
                && id.getHashAlgorithm()
                        .getAlgorithm()
                        .equals(other.getHashAlgorithm().getAlgorithm())
                && same(
                        id.getIssuerNameHash().getOctets(),
                        other.getIssuerNameHash().getOctets())
                && same(
                        id.getIssuerKeyHash().getOctets(),
                        other.getIssuerKeyHash().getOctets());
    }

    private static boolean same(byte[] one, byte @Nullable [] other) {
        return Arrays.equals(one, other);
    }
}
