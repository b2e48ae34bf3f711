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
 * The response of an OCSP responder about one certificate (RFC 6960 section 4.2). Its signature is not verified here. A response
 * may have several statements about the same certificate (CVE-2018-8020); the worst one counts.
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind the status of the certificate, or why there is none
 * @param thisUpdate the time at which the status was known; null without a status
 * @param nextUpdate the end of its validity; null if the response has none
 */
public record OcspResponse(
        Kind kind, @Nullable Instant thisUpdate, @Nullable Instant nextUpdate) {

    /** The kinds of responses. */
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
     * Parses a response.
     *
     * @throws CertificateFormatException if the bytes are not an OCSP response, or it is about other certificates only
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
            throw new CertificateFormatException("is not an OCSP response in DER", e);
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

    /** A responder has no reason to state the same status twice. */
    private static OcspResponse contradiction(OcspResponse one, OcspResponse other) throws CertificateFormatException {
        if (one.kind() == Kind.REVOKED || other.kind() == Kind.REVOKED) {
            return one.kind() == Kind.REVOKED ? one : other;
        }
        throw new CertificateFormatException("is an OCSP response with two statements about the same certificate");
    }
}
