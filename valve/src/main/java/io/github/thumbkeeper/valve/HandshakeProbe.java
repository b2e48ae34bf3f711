/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.tls.AnyClientCertificate;
import io.github.thumbkeeper.valve.HandshakeTrust.Unknown;
import io.github.thumbkeeper.valve.HandshakeTrust.Unverified;
import io.github.thumbkeeper.valve.HandshakeTrust.Verified;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.jspecify.annotations.Nullable;

/**
 * Determines which client certificates pass the TLS handshake of a virtual host.
 *
 * <p>It passes a certificate that no administrator can have configured to the trust managers that Tomcat would use, so the
 * result depends on what a trust manager accepts, not on its class, algorithm or provider.
 */
final class HandshakeProbe {

    /** Self-signed, in date until 9966, for client authentication; its private key was not kept. */
    private static final String UNKNOWN =
            "MIIBsTCCAVegAwIBAgIUPOFUNd6EoY6PwxZ+vOV9HGM9tSEwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRVGh1bWJrZWVwZXIg"
                    + "cHJvYmUwIBcNMjYxMTI4MDU0MjE0WhgPOTk2NjExMDMwNTQyMTRaMBwxGjAYBgNVBAMMEVRodW1ia2VlcGVyIHByb2JlMFkw"
                    + "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEul4D88XfLPeS0TjcpGw/LOvfhOVBGGtj2fcSzdEEJhutrUgTecZH+tGmKUjXtqWq"
                    + "d4kFXIDQQUHMu5i0ewp/4KN1MHMwHQYDVR0OBBYEFGWmFE3/8ol65YyyFV3bkGSHiEnBMB8GA1UdIwQYMBaAFGWmFE3/8ol6"
                    + "5YyyFV3bkGSHiEnBMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMAoGCCqGSM49"
                    + "BAMCA0gAMEUCIQDZlzJ0qH5ScoVGq+6HWeWJkzh423zizXKrZl+c9CrMFQIgGR9rsdQlPOxd7am3/bxlqiKoDtp3KaDYqQ2X"
                    + "Wvbt8Vc=";

    private HandshakeProbe() {}

    static HandshakeTrust trustOf(SSLHostConfig host) {
        // OpenSSL itself accepts unknown authorities then; JSSE would not, but the connector may change its
        // implementation.
        if (host.getCertificateVerification() == CertificateVerification.OPTIONAL_NO_CA) {
            return new Unverified();
        }
        try {
            return trustOf(trustManagers(host));
        } catch (Exception | LinkageError e) {
            return new Unknown("making its trust managers fails with [" + e + "]");
        }
    }

    /** Makes the trust managers like Tomcat's {@code SSLUtilBase}, without its warnings. */
    @SuppressWarnings("BanClassLoader") // the class that the administrator names for the connector, as Tomcat loads it
    private static TrustManager[] trustManagers(SSLHostConfig host) throws Exception {
        String className = host.getTrustManagerClassName();
        if (className != null && !className.isEmpty()) {
            Class<?> type = SSLHostConfig.class.getClassLoader().loadClass(className);
            return new TrustManager[] {(TrustManager) type.getConstructor().newInstance()};
        }
        KeyStore anchors = host.getTruststore();
        String algorithm = anchors == null ? TrustManagerFactory.getDefaultAlgorithm() : host.getTruststoreAlgorithm();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(algorithm);
        if (anchors != null && "PKIX".equalsIgnoreCase(algorithm)) {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.setRevocationEnabled(false);
            factory.init(new CertPathTrustManagerParameters(parameters));
        } else {
            factory.init(anchors);
        }
        return factory.getTrustManagers();
    }

    /** JSSE asks the first of them only; a dangerous one counts wherever it is. */
    private static HandshakeTrust trustOf(TrustManager[] managers) throws CertificateException {
        HandshakeTrust result = new Verified();
        for (TrustManager manager : managers) {
            HandshakeTrust trust = manager instanceof X509TrustManager x509 ? trustOf(x509) : result;
            if (trust instanceof Unverified) {
                return trust;
            }
            result = trust instanceof Unknown ? trust : result;
        }
        return result;
    }

    private static HandshakeTrust trustOf(X509TrustManager manager) throws CertificateException {
        if (isOurs(manager)) {
            return new Unverified();
        }
        X509Certificate[] unknown = {unknown()};
        HandshakeTrust plain = ask(manager, () -> manager.checkClientTrusted(unknown, "EC"));
        if (plain instanceof Unverified || !(manager instanceof X509ExtendedTrustManager extended)) {
            return plain;
        }
        HandshakeTrust withEngine =
                ask(manager, () -> extended.checkClientTrusted(unknown, "EC", (@Nullable SSLEngine) null));
        return withEngine instanceof Verified ? plain : withEngine;
    }

    /** Ours is not asked, because it reports handshakes without a gate. The provider may come from another class loader. */
    private static boolean isOurs(X509TrustManager manager) {
        return Stream.<Class<?>>iterate(manager.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> type.getName().equals(AnyClientCertificate.class.getName()));
    }

    private static X509Certificate unknown() throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(UNKNOWN)));
    }

    /**
     * An unexpected exception may be due to the missing connection, and then proves nothing. The JDK's own trust manager needs
     * no connection, and throws one if there are no trust anchors.
     */
    private static HandshakeTrust ask(X509TrustManager manager, Check check) {
        try {
            check.run();
            return new Unverified();
        } catch (CertificateException e) {
            return new Verified();
        } catch (RuntimeException | LinkageError e) {
            boolean jdk = manager.getClass().getModule() == Object.class.getModule();
            return jdk
                    ? new Verified()
                    : new Unknown("its trust manager [" + manager.getClass().getName() + "] fails with [" + e + "]");
        }
    }

    /** Asks a trust manager. */
    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }
}
