/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.tls.AnyClientCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.jspecify.annotations.Nullable;

/**
 * Determines whether the TLS handshake of a connector lets every client certificate through.
 *
 * <p>It shows a certificate that no administrator can have configured to the trust managers that Tomcat would use. So a trust
 * manager counts by what it accepts, under whatever class, algorithm or provider it is configured.
 *
 * <p>Thread-safe.
 */
final class HandshakeTrust {

    /** Self-signed, in date until 9966, for client authentication; its private key was not kept. */
    private static final String UNKNOWN =
            "MIIBsTCCAVegAwIBAgIUPOFUNd6EoY6PwxZ+vOV9HGM9tSEwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRVGh1bWJrZWVwZXIg"
                    + "cHJvYmUwIBcNMjYxMTI4MDU0MjE0WhgPOTk2NjExMDMwNTQyMTRaMBwxGjAYBgNVBAMMEVRodW1ia2VlcGVyIHByb2JlMFkw"
                    + "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEul4D88XfLPeS0TjcpGw/LOvfhOVBGGtj2fcSzdEEJhutrUgTecZH+tGmKUjXtqWq"
                    + "d4kFXIDQQUHMu5i0ewp/4KN1MHMwHQYDVR0OBBYEFGWmFE3/8ol65YyyFV3bkGSHiEnBMB8GA1UdIwQYMBaAFGWmFE3/8ol6"
                    + "5YyyFV3bkGSHiEnBMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMAoGCCqGSM49"
                    + "BAMCA0gAMEUCIQDZlzJ0qH5ScoVGq+6HWeWJkzh423zizXKrZl+c9CrMFQIgGR9rsdQlPOxd7am3/bxlqiKoDtp3KaDYqQ2X"
                    + "Wvbt8Vc=";

    private volatile Answer last = new Answer(List.of(), false);

    /** What was found out, and about which configuration: requests may ask, and key stores take time to load. */
    private record Answer(List<Host> hosts, boolean permissive) {}

    /** What of a virtual host decides about its trust managers. */
    private record Host(
            SSLHostConfig config,
            CertificateVerification verification,
            @Nullable String className,
            @Nullable String algorithm) {

        static Host of(SSLHostConfig config) {
            return new Host(
                    config,
                    config.getCertificateVerification(),
                    config.getTrustManagerClassName(),
                    config.getTruststoreAlgorithm());
        }
    }

    /** Returns whether any virtual host of the connectors accepts every client certificate. */
    boolean isPermissive(Connector... connectors) {
        List<Host> hosts = Arrays.stream(connectors)
                .flatMap(connector -> Arrays.stream(connector.findSslHostConfigs()))
                .map(Host::of)
                .toList();
        Answer answer = last;
        if (!answer.hosts().equals(hosts)) {
            answer = new Answer(hosts, hosts.stream().map(Host::config).anyMatch(HandshakeTrust::isPermissive));
            last = answer;
        }
        return answer.permissive();
    }

    private static boolean isPermissive(SSLHostConfig host) {
        // OpenSSL itself accepts unknown authorities then; JSSE would not, but the connector may change its
        // implementation.
        if (host.getCertificateVerification() == CertificateVerification.OPTIONAL_NO_CA) {
            return true;
        }
        try {
            return Arrays.stream(trustManagers(host)).anyMatch(HandshakeTrust::acceptsUnknownClients);
        } catch (Exception | LinkageError e) {
            // Tomcat fails in the same way when it opens the connector.
            return false;
        }
    }

    /** Makes the trust managers in the way of Tomcat's {@code SSLUtilBase}, without its warnings. */
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

    private static boolean acceptsUnknownClients(TrustManager manager) {
        if (isOurs(manager.getClass())) {
            return true;
        }
        if (!(manager instanceof X509TrustManager x509)) {
            return false;
        }
        try {
            X509Certificate[] unknown = {unknown()};
            return x509 instanceof X509ExtendedTrustManager extended
                    ? accepts(() -> extended.checkClientTrusted(unknown, "EC", (@Nullable SSLEngine) null))
                            || accepts(() -> extended.checkClientTrusted(unknown, "EC"))
                    : accepts(() -> x509.checkClientTrusted(unknown, "EC"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asked without a gate running, ours would log an error. It may be another copy of the class, from the boot class path. */
    private static boolean isOurs(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .anyMatch(each -> each.getName().equals(AnyClientCertificate.class.getName()));
    }

    private static X509Certificate unknown() throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(UNKNOWN)));
    }

    private static boolean accepts(Check check) {
        try {
            check.run();
            return true;
        } catch (CertificateException | RuntimeException e) {
            return false;
        }
    }

    /** Asks a trust manager. */
    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }
}
