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
 * Makes trust managers that take every client within {@linkplain AnyClientCertificate the limits}, and judge servers exactly as
 * the JDK does: with null by the JVM's own authorities, with an empty key store they trust no server.
 */
public final class AnyClientCertificateFactory extends TrustManagerFactorySpi {

    private final TrustManagerFactory jdk;

    /**
     * Makes the factory; the provider calls this.
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
