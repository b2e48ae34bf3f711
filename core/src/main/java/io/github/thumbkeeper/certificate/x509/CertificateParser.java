/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.message.Counted;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * Parses a certificate in DER strictly: it must be one certificate, byte for byte and element for element.
 *
 * <p>The JDK's own parser ignores bytes that follow, and some elements (see {@link CertificateSyntax}). Thread-safe.
 */
public final class CertificateParser {

    private CertificateParser() {}

    /**
     * Parses the one certificate in DER, with nothing after it.
     *
     * @throws CertificateFormatException if the bytes are anything else
     */
    public static X509Certificate parse(byte[] der) throws CertificateFormatException {
        if (!DerElements.isDer(der)) {
            throw new CertificateFormatException("is not an X.509 certificate in DER"
                    + DerFormats.of(der)
                            .map(format -> ", but " + format.sentence().substring("is ".length()))
                            .orElse(""));
        }
        try {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            requireSame(der, certificate.getEncoded());
            CertificateSyntax.require((X509Certificate) certificate);
            return (X509Certificate) certificate;
        } catch (CertificateFormatException e) {
            throw e;
        } catch (CertificateException | RuntimeException e) {
            // The JDK's parser lets unchecked exceptions out on some inputs.
            throw new CertificateFormatException(
                    DerFormats.whyNot(der, "an X.509 certificate", ContentFormat.CERTIFICATE, e), e);
        }
    }

    private static void requireSame(byte[] input, byte[] certificate) throws CertificateFormatException {
        if (Arrays.equals(input, certificate)) {
            return;
        }
        int extra = input.length - certificate.length;
        boolean followed = extra > 0 && Arrays.equals(input, 0, certificate.length, certificate, 0, certificate.length);
        throw new CertificateFormatException(
                followed
                        ? "has " + Counted.of(extra, "bytes")
                                + " after the certificate; expected exactly one certificate"
                        : "is not encoded in DER, but in another form of ASN.1");
    }
}
