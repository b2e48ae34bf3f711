/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a certificate may be used for, by its extensions; one without them may be used for anything. */
final class ClientAuthentication {

    /** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private static final String ANY = "2.5.29.37.0";

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_AGREEMENT = 4;

    private ClientAuthentication() {}

    /** Returns whether its owner may authenticate with it (RFC 5280 section 4.2.1.12 names the key usages that go with it). */
    static boolean isClient(X509Certificate certificate) throws CertificateParsingException {
        boolean[] usage = certificate.getKeyUsage();
        return allowsClients(certificate.getExtendedKeyUsage())
                && (usage == null || usage[DIGITAL_SIGNATURE] || usage[KEY_AGREEMENT]);
    }

    /** Returns whether none of these authorities is confined to certificates of another use, as TLS libraries read it. */
    static boolean areClientAuthorities(List<X509Certificate> authorities) {
        return authorities.stream().allMatch(ClientAuthentication::isClientAuthority);
    }

    private static boolean isClientAuthority(X509Certificate authority) {
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
