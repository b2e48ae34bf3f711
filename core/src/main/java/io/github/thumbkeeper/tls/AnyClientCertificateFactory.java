/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Creates trust managers that let every client within {@linkplain AnyClientCertificate the limits} through, and check servers exactly
 * as the JDK does: with a null key store by the JVM's own authorities, with an empty one they trust no server.
 */
public final class AnyClientCertificateFactory extends TrustManagerFactorySpi {

    private final TrustManagerFactory jdk;

    /**
     * Creates the factory; the provider calls this.
     *
     * @throws GeneralSecurityException if this Java runtime has no PKIX of its own
     */
    public AnyClientCertificateFactory() throws GeneralSecurityException {
        jdk = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
    }

    @Override
    protected void engineInit(@Nullable KeyStore anchors) throws KeyStoreException {
        jdk.init(anchors);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        jdk.init(parameters);
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        for (TrustManager manager : jdk.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager servers) {
                return new TrustManager[] {new UncheckedClients(servers)};
            }
        }
        throw new IllegalStateException("this Java runtime has no trust manager for X.509");
    }
}
