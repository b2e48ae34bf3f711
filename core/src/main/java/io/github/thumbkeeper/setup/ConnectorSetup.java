/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import java.util.Optional;

/**
 * A connector as far as client certificates depend on it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the connector as messages name it
 * @param ajp whether its peers speak AJP, over which a certificate is a claim of the peer
 * @param secretRequired whether an AJP peer must know a secret
 * @param asksForCertificate whether any of its TLS configurations asks clients for a certificate
 */
public record ConnectorSetup(String name, boolean ajp, boolean secretRequired, boolean asksForCertificate) {

    /** Returns whether its peers are AJP peers without a secret: then any client can claim any certificate (CVE-2020-1938). */
    public boolean isUnprovenAjp() {
        return ajp && !secretRequired;
    }

    /**
     * Returns the warning for a connector on which no certificate can ever arrive.
     *
     * @param forwarded whether certificates come in a header, for which a connector needs no TLS
     */
    public Optional<String> warning(boolean forwarded) {
        boolean harmless = ajp ? secretRequired : asksForCertificate || forwarded;
        return harmless
                ? Optional.empty()
                : Optional.of("TK-401 no client certificate can arrive on connector [" + name + "]: " + why());
    }

    private String why() {
        return ajp
                ? "a certificate over AJP is trusted only if the peer knows a secret; expected secretRequired=\"true\" with"
                        + " a secret"
                : "it has no TLS, or certificateVerification is \"none\"; expected \"required\" or \"optional\"";
    }
}
