/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import java.util.Map;
import java.util.Optional;

/**
 * A connector as far as client certificates depend on it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the connector as messages name it
 * @param ajp whether its peers speak AJP, over which a certificate is a claim of the peer
 * @param secretRequired whether an AJP peer must know a secret
 * @param tls whether it has a TLS configuration
 * @param asksForCertificate whether any of its TLS configurations asks clients for a certificate
 */
public record ConnectorSetup(
        String name, boolean ajp, boolean secretRequired, boolean tls, boolean asksForCertificate) {

    private static final String HTTP = "HTTP/1.1";
    private static final String AJP = "AJP/1.3";

    /** What Tomcat accepts instead of the class of a protocol. */
    private static final Map<String, String> PROTOCOLS =
            Map.of("org.apache.coyote.http11.Http11NioProtocol", HTTP, "org.apache.coyote.ajp.AjpNioProtocol", AJP);

    /**
     * Returns the name of a connector in messages: releases of Tomcat print connectors differently, and differently before their
     * start and after it.
     *
     * @param protocol the protocol, or its class
     * @param port the port as configured; negative if there is none
     */
    public static String name(String protocol, int port) {
        return "Connector[" + PROTOCOLS.getOrDefault(protocol, protocol) + "-" + (port < 0 ? "auto" : port) + "]";
    }

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

    /** Returns the warning about a virtual host that leaves the decision about clients to the authorities of the Java runtime. */
    public static String defaultAuthorities(String host, String connector) {
        return "TK-421 SSLHostConfig [" + host + "] of connector [" + connector
                + "] asks for client certificates, and names neither truststoreFile nor trustManagerClassName: the public"
                + " authorities of the Java runtime decide, so that the certificates of other authorities, and self-signed"
                + " ones, end the handshake before the gate sees them; expected truststoreFile with the authorities of your"
                + " clients, or the trust manager of this gate,"
                + " trustManagerClassName=\"io.github.thumbkeeper.valve.AnyClientCertificateTrustManager\"";
    }

    private String why() {
        if (ajp) {
            return "a certificate over AJP is trusted only if the peer knows a secret; expected secretRequired=\"true\" with"
                    + " a secret";
        }
        return tls
                ? "certificateVerification of its SSLHostConfig is \"none\", or is not set; expected \"optional\" or"
                        + " \"required\""
                : "it has no TLS; expected SSLEnabled=\"true\" and an SSLHostConfig with"
                        + " certificateVerification=\"optional\" or \"required\", or, if a proxy before it ends TLS, the"
                        + " setting certificateHeader";
    }
}
