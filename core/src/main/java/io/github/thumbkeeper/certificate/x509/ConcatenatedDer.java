/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1InputStream;

/** Splits bytes that have several DER objects one after another, as HAProxy's {@code ssl_c_chain_der} has certificates. Thread-safe. */
public final class ConcatenatedDer {

    private ConcatenatedDer() {}

    /**
     * Returns the bytes of each object, in their order; an object itself is not examined.
     *
     * @throws CertificateFormatException if there are none, or if the bytes are anything else
     */
    public static List<byte[]> split(byte[] der) throws CertificateFormatException {
        List<byte[]> all = new ArrayList<>(1);
        ByteArrayInputStream rest = new ByteArrayInputStream(der);
        // Lazy, so that only tags and lengths are read; it takes no byte more than the object has.
        try (ASN1InputStream in = new ASN1InputStream(rest, der.length, true)) {
            do {
                int start = der.length - rest.available();
                if (!DerElements.isDer(Arrays.copyOfRange(der, start, Math.min(start + 2, der.length)))) {
                    throw new CertificateFormatException(
                            "is not a series of X.509 certificates in DER, or its last one is cut off");
                }
                in.readObject();
                all.add(Arrays.copyOfRange(der, start, der.length - rest.available()));
            } while (rest.available() > 0);
        } catch (CertificateFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CertificateFormatException(
                    "is not a series of X.509 certificates in DER, or its last one is cut off", e);
        }
        return all;
    }
}
