/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.certificate.x509.DerElements;
import io.github.thumbkeeper.certificate.x509.X509Syntax;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * Checks that an OCSP response, including its certificates, has the elements of RFC 6960 section 4.2.1 in their order, and
 * nothing else.
 *
 * <p>The classes of the JDK and of Bouncy Castle ignore what follows the elements that they expect. Thread-safe.
 */
final class OcspSyntax {

    private static final String DATA = "tbsResponseData";

    private OcspSyntax() {}

    static void require(byte[] der) throws CertificateFormatException {
        DerElements response = new DerElements("the OCSP response", DerElements.sequence(der));
        response.any(ASN1Enumerated.class, "responseStatus", "an ENUMERATED");
        ASN1Sequence bytes = response.optionalExplicit(0, ASN1Sequence.class, "responseBytes", "one SEQUENCE");
        response.end();
        if (bytes != null) {
            DerElements type = new DerElements("responseBytes", bytes);
            type.identifier("responseType");
            ASN1OctetString basic = type.octetString("response");
            type.end();
            basic(basic.getOctets());
        }
    }

    private static void basic(byte[] der) throws CertificateFormatException {
        DerElements basic = new DerElements("the basic OCSP response", DerElements.sequence(der));
        ASN1Sequence data = basic.sequence(DATA);
        X509Syntax.algorithm("signatureAlgorithm", basic.sequence("signatureAlgorithm"));
        basic.bitString("signature");
        ASN1Sequence certificates = basic.optionalExplicit(0, ASN1Sequence.class, "certs", "one SEQUENCE");
        basic.end();
        data(new DerElements(DATA, data));
        if (certificates != null) {
            certificates(new DerElements("certs", certificates));
        }
    }

    private static void certificates(DerElements certificates) throws CertificateFormatException {
        while (certificates.hasMore()) {
            CertificateSyntax.check(certificates.sequence("a certificate"));
        }
    }

    private static void data(DerElements data) throws CertificateFormatException {
        data.optionalExplicit(0, ASN1Integer.class, "version", "one INTEGER");
        responder(data);
        data.generalizedTime("producedAt");
        DerElements responses = new DerElements("responses", data.sequence("responses"));
        while (responses.hasMore()) {
            statement(new DerElements("a statement of responses", responses.sequence("a statement")));
        }
        extensions(1, "responseExtensions", data);
        data.end();
    }

    private static void responder(DerElements data) throws CertificateFormatException {
        if (data.optionalExplicit(1, ASN1Sequence.class, "responderID", "one name") == null
                && data.optionalExplicit(2, ASN1OctetString.class, "responderID", "one OCTET STRING") == null) {
            throw new CertificateFormatException("has no responderID in " + DATA);
        }
    }

    private static void statement(DerElements statement) throws CertificateFormatException {
        certificateId(new DerElements("certID", statement.sequence("certID")));
        statement.any(ASN1TaggedObject.class, "certStatus", "[0], [1] or [2]");
        statement.generalizedTime("thisUpdate");
        statement.optionalExplicit(0, ASN1GeneralizedTime.class, "nextUpdate", "one GeneralizedTime");
        extensions(1, "singleExtensions", statement);
        statement.end();
    }

    private static void certificateId(DerElements id) throws CertificateFormatException {
        X509Syntax.algorithm("hashAlgorithm", id.sequence("hashAlgorithm"));
        id.octetString("issuerNameHash");
        id.octetString("issuerKeyHash");
        id.integer("serialNumber");
        id.end();
    }

    private static void extensions(int number, String name, DerElements owner) throws CertificateFormatException {
        ASN1Sequence extensions = owner.optionalExplicit(number, ASN1Sequence.class, name, "one SEQUENCE");
        if (extensions != null) {
            X509Syntax.extensions(name, extensions);
        }
    }
}
