/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.certificate.x509.DerElements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SignedData;
import org.jspecify.annotations.Nullable;

/**
 * Reads the certificates of a PKCS #7 bundle: a CMS SignedData without content and signatures (RFC 5652 section 5, RFC 8551 section
 * 3.7). Windows writes such files with the ending {@code .p7b}.
 *
 * <p>The bundle itself may be in BER, as some tools write it. Each certificate must be in DER, and its bytes must occur in the file as
 * they are, so that its thumbprint is that of the file. Thread-safe.
 */
final class Pkcs7 {

    private Pkcs7() {}

    /**
     * Reads all certificates; there is at least one.
     *
     * @throws CertificateFormatException if it is not such a bundle, or has anything in it that is not a certificate
     */
    static List<CheckedCertificate> certificates(byte[] bytes) throws CertificateFormatException {
        ASN1Set set = set(bytes);
        if (set == null || set.size() == 0) {
            throw new CertificateFormatException("is a PKCS #7 bundle without certificates");
        }
        List<CheckedCertificate> certificates = new ArrayList<>();
        int from = 0;
        for (ASN1Encodable each : set) {
            byte[] certificate = encoded(each);
            int start = indexOf(certificate, bytes, from);
            if (start < 0) {
                throw new CertificateFormatException(
                        "is a PKCS #7 bundle with a certificate that is not encoded in DER");
            }
            certificates.add(parse(certificate, certificates.size() + 1));
            from = start + certificate.length;
        }
        return certificates;
    }

    private static @Nullable ASN1Set set(byte[] bytes) throws CertificateFormatException {
        SignedData data;
        try {
            ContentInfo info = ContentInfo.getInstance(DerElements.sequence(bytes));
            if (!PKCSObjectIdentifiers.signedData.equals(info.getContentType())) {
                throw new CertificateFormatException(ContentFormat.CMS_MESSAGE.sentence());
            }
            data = SignedData.getInstance(info.getContent());
        } catch (RuntimeException e) {
            // Bouncy Castle's parser lets unchecked exceptions out.
            throw new CertificateFormatException("is a PKCS #7 bundle that cannot be read", e);
        }
        if (data.getSignerInfos().size() > 0 || data.getContentInfo().getContent() != null) {
            throw new CertificateFormatException(ContentFormat.CMS_MESSAGE.sentence());
        }
        return data.getCertificates();
    }

    /** Returns the bytes of an element of the set; a choice other than a certificate has a tag (RFC 5652 section 10.2.2). */
    private static byte[] encoded(ASN1Encodable element) throws CertificateFormatException {
        try {
            if (element.toASN1Primitive() instanceof ASN1Sequence certificate) {
                return certificate.getEncoded();
            }
        } catch (IOException | RuntimeException e) {
            throw new CertificateFormatException("is a PKCS #7 bundle that cannot be read", e);
        }
        throw new CertificateFormatException(
                "is a PKCS #7 bundle with an attribute certificate; expected X.509 certificates");
    }

    private static CheckedCertificate parse(byte[] der, int number) throws CertificateFormatException {
        try {
            return CheckedCertificate.of(der);
        } catch (CertificateFormatException e) {
            throw new CertificateFormatException(
                    "is a PKCS #7 bundle whose certificate " + number + " " + e.getMessage(), e);
        }
    }

    private static int indexOf(byte[] part, byte[] whole, int from) {
        for (int i = from; i <= whole.length - part.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
