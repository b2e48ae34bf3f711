/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaRespID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Builds an OCSP response: by default good, signed by the authority, made now and valid for an hour. */
public final class OcspAnswers {

    private TestCertificate signer;
    private final List<X509CertificateHolder> enclosed = new ArrayList<>();
    private Instant thisUpdate = Instant.now();
    private Instant nextUpdate = Instant.now().plus(Duration.ofHours(1));
    private final List<CertificateStatus> statuses = new ArrayList<>();
    private BigInteger otherSerial;

    /** Starts a response that this authority signs. */
    public OcspAnswers(TestCertificate authority) {
        signer = authority;
    }

    /** Sets the status revoked. */
    public OcspAnswers revoked() {
        return revoked(Instant.now().minusSeconds(3600));
    }

    /** Sets the status revoked since this time, which may be in the future. */
    public OcspAnswers revoked(Instant when) {
        statuses.add(new RevokedStatus(Date.from(when), 1));
        return this;
    }

    /** Sets the status good. */
    public OcspAnswers good() {
        statuses.add(CertificateStatus.GOOD);
        return this;
    }

    /** Sets the status unknown. */
    public OcspAnswers unknown() {
        statuses.add(new UnknownStatus());
        return this;
    }

    /** Lets another responder sign, and includes its certificate if wanted. */
    public OcspAnswers signedBy(TestCertificate other, boolean enclose) {
        signer = other;
        if (enclose) {
            try {
                enclosed.add(new X509CertificateHolder(other.der()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return this;
    }

    /** Sets thisUpdate and nextUpdate; null for no nextUpdate. */
    public OcspAnswers period(Instant from, Instant until) {
        thisUpdate = from;
        nextUpdate = until;
        return this;
    }

    /** Answers for another certificate than the one in the request. */
    public OcspAnswers about(BigInteger serial) {
        otherSerial = serial;
        return this;
    }

    /** Returns the response to a request. */
    public byte[] to(byte[] request) throws IOException {
        try {
            CertificateID asked = new OCSPReq(request).getRequestList()[0].getCertID();
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(id());
            if (statuses.isEmpty()) {
                good();
            }
            for (CertificateStatus status : statuses) {
                builder.addResponse(
                        id(asked), status, Date.from(thisUpdate), nextUpdate == null ? null : Date.from(nextUpdate));
            }
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.privateKey()),
                                    enclosed.toArray(X509CertificateHolder[]::new),
                                    Date.from(thisUpdate)))
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a response with an error status only (RFC 6960 section 4.2.1). */
    public static byte[] failure(int status) {
        return new byte[] {0x30, 3, 10, 1, (byte) status};
    }

    private RespID id() throws OperatorCreationException, OCSPException {
        return new JcaRespID(
                signer.keyPair().getPublic(),
                new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1));
    }

    private CertificateID id(CertificateID asked) {
        if (otherSerial == null) {
            return asked;
        }
        CertID id = asked.toASN1Primitive();
        return new CertificateID(new CertID(
                id.getHashAlgorithm(), id.getIssuerNameHash(), id.getIssuerKeyHash(), new ASN1Integer(otherSerial)));
    }
}
