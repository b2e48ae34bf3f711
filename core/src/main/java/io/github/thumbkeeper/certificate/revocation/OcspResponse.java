/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.jspecify.annotations.Nullable;

/**
 * What an OCSP responder answered about one certificate (RFC 6960 section 4.2), as it stands there: who signed it is not looked
 * at here. An answer may hold several statements about the same certificate (CVE-2018-8020); the worst of them counts.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param kind what it says
 * @param thisUpdate when that was so; null unless it is about the certificate
 * @param nextUpdate until when that is so; null if that is not said
 */
public record OcspResponse(
        Kind kind, @Nullable Instant thisUpdate, @Nullable Instant nextUpdate) {

    /** What an answer says. */
    public enum Kind {
        /** The certificate is not revoked. */
        GOOD,
        /** The responder does not know the certificate. */
        UNKNOWN,
        /** The certificate is revoked. */
        REVOKED,
        /** The responder cannot answer now: tryLater or internalError. */
        NOT_NOW,
        /** The responder will not answer: malformedRequest, sigRequired or unauthorized. */
        REFUSED
    }

    private static final int INTERNAL_ERROR = 2;
    private static final int TRY_LATER = 3;
    private static final Kind[] BY_TAG = {Kind.GOOD, Kind.REVOKED, Kind.UNKNOWN};

    /**
     * Reads an answer.
     *
     * @throws CertificateFormatException if it is none, or says nothing about this certificate
     */
    public static OcspResponse parse(byte[] der, OcspRequest request) throws CertificateFormatException {
        try {
            OcspSyntax.require(der);
            OCSPResponse response = OCSPResponse.getInstance(ASN1Primitive.fromByteArray(der));
            int status = response.getResponseStatus().getIntValue();
            if (status != 0) {
                boolean later = status == INTERNAL_ERROR || status == TRY_LATER;
                return new OcspResponse(later ? Kind.NOT_NOW : Kind.REFUSED, null, null);
            }
            return parse(response, request);
        } catch (CertificateFormatException e) {
            throw e;
        } catch (IOException | ParseException | RuntimeException e) {
            throw new CertificateFormatException("is no OCSP response in DER", e);
        }
    }

    private static OcspResponse parse(OCSPResponse response, OcspRequest request)
            throws CertificateFormatException, ParseException {
        if (!OCSPObjectIdentifiers.id_pkix_ocsp_basic.equals(
                response.getResponseBytes().getResponseType())) {
            throw new CertificateFormatException("is an OCSP response of an unknown type");
        }
        ASN1OctetString octets = response.getResponseBytes().getResponse();
        ASN1Sequence statements = BasicOCSPResponse.getInstance(octets.getOctets())
                .getTbsResponseData()
                .getResponses();
        OcspResponse answer = null;
        for (Object each : statements) {
            SingleResponse statement = SingleResponse.getInstance(each);
            if (request.isAbout(statement.getCertID())) {
                answer = answer == null ? of(statement) : contradiction(answer, of(statement));
            }
        }
        if (answer == null) {
            throw new CertificateFormatException("is an OCSP response about other certificates");
        }
        return answer;
    }

    private static OcspResponse of(SingleResponse statement) throws ParseException {
        ASN1GeneralizedTime next = statement.getNextUpdate();
        return new OcspResponse(
                BY_TAG[statement.getCertStatus().getTagNo()],
                statement.getThisUpdate().getDate().toInstant(),
                next == null ? null : next.getDate().toInstant());
    }

    /** Nobody says good twice. */
    private static OcspResponse contradiction(OcspResponse one, OcspResponse other) throws CertificateFormatException {
        if (one.kind() == Kind.REVOKED || other.kind() == Kind.REVOKED) {
            return one.kind() == Kind.REVOKED ? one : other;
        }
        throw new CertificateFormatException("is an OCSP response with two statements about the same certificate");
    }
}
