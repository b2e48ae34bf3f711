/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.revocation.CrlSyntax;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.certificate.x509.DerElements;
import io.github.thumbkeeper.certificate.x509.DerFormats;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads certificate revocation lists (CRLs) from PEM or DER, and refuses everything else, as {@link CertificateReader} does.
 *
 * <p>Thread-safe.
 */
public final class CrlReader {

    private static final String LABEL = "X509 CRL";

    private CrlReader() {}

    /**
     * Reads all CRLs; there is at least one.
     *
     * @throws CertificateFormatException if there are none, or anything that is not a CRL
     */
    public static List<X509CRL> readAll(byte[] bytes) throws CertificateFormatException {
        return DerElements.isDer(bytes) ? List.of(parse(bytes)) : readPem(bytes);
    }

    /**
     * Reads exactly one CRL in DER.
     *
     * @throws CertificateFormatException if it is anything else
     */
    public static X509CRL readDer(byte[] bytes) throws CertificateFormatException {
        return parse(bytes);
    }

    private static List<X509CRL> readPem(byte[] bytes) throws CertificateFormatException {
        List<X509CRL> lists = new ArrayList<>();
        PemReader text = new PemReader(bytes, LABEL::equals);
        for (PemReader.Block block = text.next(); block != null; block = text.next()) {
            if (!block.label().equals(LABEL)) {
                throw new CertificateFormatException("line " + block.line() + " begins a block of type "
                        + block.shownLabel()
                        + FileFormats.ofLabel(block.label())
                                .map(format -> ", " + format.sentence().substring("is ".length()))
                                .orElse("")
                        + "; expected BEGIN " + LABEL);
            }
            lists.add(parse(block.der()));
        }
        if (lists.isEmpty()) {
            throw new CertificateFormatException("has no CRL; expected PEM (BEGIN " + LABEL + ") or DER");
        }
        return lists;
    }

    private static X509CRL parse(byte[] der) throws CertificateFormatException {
        if (!DerElements.isDer(der)) {
            throw new CertificateFormatException("is not a CRL in DER");
        }
        try {
            X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
            if (list != null && Arrays.equals(list.getEncoded(), der)) {
                CrlSyntax.require(der, list);
                return list;
            }
        } catch (CertificateFormatException e) {
            throw e;
        } catch (CRLException | CertificateException | RuntimeException e) {
            throw new CertificateFormatException(DerFormats.whyNot(der, "a CRL", ContentFormat.CRL, e), e);
        }
        throw new CertificateFormatException("is not one CRL in DER, but several or another form of ASN.1");
    }
}
