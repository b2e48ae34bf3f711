/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import java.security.Provider;

/**
 * Dangerous without a gate: offers the {@code TrustManagerFactory} named {@value #ALGORITHM}, which lets every
 * client certificate through the handshake, for containers that take a trust manager by the name of its algorithm.
 *
 * <p>{@linkplain AnyClientCertificate Limits} on the client's certificates end a handshake that would cost too much. Servers
 * are judged exactly as the JDK does, so that connections to other servers stay as they are. Thread-safe.
 */
public final class AnyClientCertificateProvider extends Provider {

    private static final long serialVersionUID = 1L;

    /** The name of this provider. */
    public static final String NAME = "Thumbkeeper";

    /** The name of the algorithm. */
    public static final String ALGORITHM = "AnyClientCertificate";

    /** Creates the provider. Only the administrator registers it. */
    public AnyClientCertificateProvider() {
        super(NAME, "1", "Lets every client certificate through the TLS handshake");
        offer(ALGORITHM);
        // Open Liberty splits the JVM's default algorithm at the bar and asks this provider; the JDK does not split it.
        offer(ALGORITHM + "|" + NAME);
    }

    private void offer(String algorithm) {
        putService(new Service(
                this, "TrustManagerFactory", algorithm, AnyClientCertificateFactory.class.getName(), null, null));
    }
}
