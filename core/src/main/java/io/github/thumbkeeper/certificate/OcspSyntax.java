/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * Checks that an OCSP response has the elements of RFC 6960 section 4.2.1 in their order, and nothing else; its certificates too.
 *
 * <p>Neither the JDK's nor Bouncy Castle's classes look at what follows the elements that they expect.
 */
final class OcspSyntax {

    private static final String DATA = "tbsResponseData";

    private OcspSyntax() {}

    static void require(byte[] der) throws CertificateFormatException {
        Elements response = new Elements("the OCSP response", Elements.sequence(der));
        response.any(ASN1Enumerated.class, "responseStatus", "an ENUMERATED");
        ASN1Sequence bytes = response.optionalExplicit(0, ASN1Sequence.class, "responseBytes", "one SEQUENCE");
        response.end();
        if (bytes != null) {
            Elements type = new Elements("responseBytes", bytes);
            type.identifier("responseType");
            ASN1OctetString basic = type.octetString("response");
            type.end();
            basic(basic.getOctets());
        }
    }

    private static void basic(byte[] der) throws CertificateFormatException {
        Elements basic = new Elements("the basic OCSP response", Elements.sequence(der));
        ASN1Sequence data = basic.sequence(DATA);
        SharedSyntax.algorithm("signatureAlgorithm", basic.sequence("signatureAlgorithm"));
        basic.bitString("signature");
        ASN1Sequence certificates = basic.optionalExplicit(0, ASN1Sequence.class, "certs", "one SEQUENCE");
        basic.end();
        data(new Elements(DATA, data));
        if (certificates != null) {
            certificates(new Elements("certs", certificates));
        }
    }

    private static void certificates(Elements certificates) throws CertificateFormatException {
        while (certificates.hasMore()) {
            CertificateSyntax.check(certificates.sequence("a certificate"));
        }
    }

    private static void data(Elements data) throws CertificateFormatException {
        data.optionalExplicit(0, ASN1Integer.class, "version", "one INTEGER");
        responder(data);
        data.generalizedTime("producedAt");
        Elements responses = new Elements("responses", data.sequence("responses"));
        while (responses.hasMore()) {
            statement(new Elements("a statement of responses", responses.sequence("a statement")));
        }
        extensions(1, "responseExtensions", data);
        data.end();
    }

    private static void responder(Elements data) throws CertificateFormatException {
        if (data.optionalExplicit(1, ASN1Sequence.class, "responderID", "one name") == null
                && data.optionalExplicit(2, ASN1OctetString.class, "responderID", "one OCTET STRING") == null) {
            throw new CertificateFormatException("has no responderID in " + DATA);
        }
    }

    private static void statement(Elements statement) throws CertificateFormatException {
        certificateId(new Elements("certID", statement.sequence("certID")));
        statement.any(ASN1TaggedObject.class, "certStatus", "[0], [1] or [2]");
        statement.generalizedTime("thisUpdate");
        statement.optionalExplicit(0, ASN1GeneralizedTime.class, "nextUpdate", "one GeneralizedTime");
        extensions(1, "singleExtensions", statement);
        statement.end();
    }

    private static void certificateId(Elements id) throws CertificateFormatException {
        SharedSyntax.algorithm("hashAlgorithm", id.sequence("hashAlgorithm"));
        id.octetString("issuerNameHash");
        id.octetString("issuerKeyHash");
        id.integer("serialNumber");
        id.end();
    }

    private static void extensions(int number, String name, Elements owner) throws CertificateFormatException {
        ASN1Sequence extensions = owner.optionalExplicit(number, ASN1Sequence.class, name, "one SEQUENCE");
        if (extensions != null) {
            SharedSyntax.extensions(name, extensions);
        }
    }
}
