/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the key usages of certificates for the authentication of TLS clients. A certificate without these extensions may be used
 * for every purpose.
 */
final class ClientAuthentication {

    /** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    /** anyExtendedKeyUsage, RFC 5280 section 4.2.1.12. */
    private static final String ANY = "2.5.29.37.0";

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_AGREEMENT = 4;

    private ClientAuthentication() {}

    /**
     * Returns whether the owner of a certificate may authenticate with it. RFC 5280 section 4.2.1.12 names the key usages
     * consistent with id-kp-clientAuth: digital signature and key agreement.
     */
    static boolean isAllowed(X509Certificate certificate) throws CertificateParsingException {
        boolean[] usage = certificate.getKeyUsage();
        return allowsClients(certificate.getExtendedKeyUsage())
                && (usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_AGREEMENT]);
    }

    /**
     * Returns whether every authority may issue certificates of clients. RFC 5280 gives the extended key usage of an authority no
     * meaning; like TLS libraries, this check takes it as a restriction on the certificates below.
     */
    static boolean isAllowedByAll(List<X509Certificate> authorities) {
        return authorities.stream().allMatch(ClientAuthentication::isAllowedBy);
    }

    private static boolean isAllowedBy(X509Certificate authority) {
        try {
            return allowsClients(authority.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean allowsClients(@Nullable List<String> extended) {
        return extended == null || extended.contains(CLIENT) || extended.contains(ANY);
    }
}
