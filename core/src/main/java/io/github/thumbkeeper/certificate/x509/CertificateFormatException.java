/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Reports bytes that are not the expected certificates, CRL or OCSP response. The message shows none of their content. */
public final class CertificateFormatException extends CertificateException {
    private static final long serialVersionUID = 1L;

    public CertificateFormatException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }

    public CertificateFormatException(String why) {
        this(why, null);
    }
}
