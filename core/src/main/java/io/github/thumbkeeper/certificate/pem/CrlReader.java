/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.revocation.CrlSyntax;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads certificate revocation lists from PEM or DER, and refuses what is not exactly that, as {@link CertificateReader} does.
 *
 * <p>Safe for use by several threads.
 */
public final class CrlReader {

    private static final String LABEL = "X509 CRL";
    private static final int SEQUENCE = 0x30;

    private CrlReader() {}

    /**
     * Reads all lists; there is at least one.
     *
     * @throws CertificateFormatException if there is none, or anything else
     */
    public static List<X509CRL> readAll(byte[] bytes) throws CertificateFormatException {
        return isDer(bytes) ? List.of(parse(bytes)) : readPem(bytes);
    }

    /**
     * Reads the one list in DER there is.
     *
     * @throws CertificateFormatException if it is anything else
     */
    public static X509CRL readDer(byte[] bytes) throws CertificateFormatException {
        return parse(bytes);
    }

    private static List<X509CRL> readPem(byte[] bytes) throws CertificateFormatException {
        List<X509CRL> lists = new ArrayList<>();
        PemText text = new PemText(bytes, 0, LABEL::equals);
        for (PemText.Block block = text.next(); block != null; block = text.next()) {
            if (!block.label().equals(LABEL)) {
                throw new CertificateFormatException("line " + block.line() + " begins a block of type "
                        + block.shownLabel() + "; accepted is BEGIN " + LABEL + " only");
            }
            lists.add(parse(block.der()));
        }
        if (lists.isEmpty()) {
            throw new CertificateFormatException(
                    "holds no certificate revocation list; accepted are PEM (BEGIN " + LABEL + ") and DER");
        }
        return lists;
    }

    private static X509CRL parse(byte[] der) throws CertificateFormatException {
        if (!isDer(der)) {
            throw new CertificateFormatException("is not a certificate revocation list in DER");
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
            throw new CertificateFormatException("is not a certificate revocation list in DER, or is cut off", e);
        }
        throw new CertificateFormatException("is more than one certificate revocation list in DER");
    }

    private static boolean isDer(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == SEQUENCE && bytes[1] != '0';
    }
}
