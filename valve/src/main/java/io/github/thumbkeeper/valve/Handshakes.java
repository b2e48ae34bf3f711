/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.setup.ConnectorSetup;
import io.github.thumbkeeper.setup.ConnectorTrust;
import io.github.thumbkeeper.valve.HandshakeTrust.Unknown;
import io.github.thumbkeeper.valve.HandshakeTrust.Verified;
import java.io.IOException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Caches which client certificates pass the TLS handshakes of the connectors. Each configuration is probed once, because every
 * request may need the result and key stores take time to load.
 *
 * <p>Thread-safe.
 */
final class Handshakes {

    private final Supplier<Connector[]> connectors;
    private volatile Answer last = new Answer(List.of(), List.of());

    /** The answer for the virtual hosts as they were configured. */
    private record Answer(List<Host> hosts, List<HandshakeTrust> trust) {}

    /** The settings of a virtual host that select its trust managers. */
    private record Host(
            Connector connector,
            SSLHostConfig config,
            CertificateVerification verification,
            @Nullable String className,
            @Nullable String algorithm,
            @Nullable Object implementation,
            boolean ownContext) {

        static Host of(Connector connector, SSLHostConfig config) {
            return new Host(
                    connector,
                    config,
                    config.getCertificateVerification(),
                    config.getTrustManagerClassName(),
                    config.getTruststoreAlgorithm(),
                    connector.getProperty("sslImplementationName"),
                    config.getCertificates().stream().anyMatch(Host::isContextGiven));
        }

        /** Tomcat keeps the SSL context that it makes itself apart from the one that it was given. */
        private static boolean isContextGiven(SSLHostConfigCertificate certificate) {
            try {
                return certificate.getSslContext() != certificate.getSslContextGenerated();
            } catch (NoSuchMethodError e) {
                // Older releases of Tomcat keep both in one place.
                return false;
            }
        }

        /** Tomcat then makes the trust managers from the key store of the Java runtime. */
        boolean usesDefaultAuthorities() {
            boolean asks = verification == CertificateVerification.OPTIONAL
                    || verification == CertificateVerification.REQUIRED;
            return asks
                    && !ownContext
                    && (className == null || className.isEmpty())
                    && config.getTruststoreFile() == null
                    && config.getCaCertificateFile() == null
                    && config.getCaCertificatePath() == null
                    && !hasTruststore();
        }

        /** An embedding application may set the key store itself. */
        private boolean hasTruststore() {
            try {
                return config.getTruststore() != null;
            } catch (IOException e) {
                return true;
            }
        }

        HandshakeTrust trust() {
            if (ownContext) {
                return new Unknown("its SSLContext was made by other code than Tomcat");
            }
            if (implementation != null && !implementation.toString().startsWith("org.apache.tomcat.util.net.")) {
                return new Unknown("sslImplementationName [" + implementation + "] is not Tomcat's");
            }
            return HandshakeProbe.trustOf(config);
        }
    }

    /**
     * Makes the view.
     *
     * @param connectors gives the connectors as they are now; others may be added while the server runs
     */
    Handshakes(Supplier<Connector[]> connectors) {
        this.connectors = connectors;
    }

    /** Returns whether every client certificate passes the handshake of some virtual host, or may do so. */
    boolean mayPassUnverified() {
        return answer().trust().stream().anyMatch(trust -> !(trust instanceof Verified));
    }

    /** Returns a warning for every virtual host whose handshake could not be determined. */
    List<String> undetermined() {
        Answer answer = answer();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < answer.hosts().size(); i++) {
            if (answer.trust().get(i) instanceof Unknown unknown) {
                Host host = answer.hosts().get(i);
                warnings.add("TK-416 SSLHostConfig [" + host.config().getHostName() + "] of connector ["
                        + TomcatEnvironment.name(host.connector())
                        + "]: cannot determine which client certificates pass the handshake, because " + unknown.why()
                        + "; it is treated as if every certificate passed");
            }
        }
        return warnings;
    }

    /**
     * Returns a warning for every virtual host that asks clients for a certificate, and leaves the decision about it to the
     * authorities of the Java runtime: a certificate of any other authority ends the handshake, before a gate sees it.
     */
    List<String> defaultAuthorities() {
        return Arrays.stream(connectors.get())
                .flatMap(Handshakes::hosts)
                .filter(Host::usesDefaultAuthorities)
                .map(host -> ConnectorSetup.defaultAuthorities(
                        host.config().getHostName(), TomcatEnvironment.name(host.connector())))
                .toList();
    }

    /** Returns the trust stores that can be read; Tomcat reports the others when it starts the connector. */
    List<ConnectorTrust> trustStores() {
        List<ConnectorTrust> stores = new ArrayList<>();
        for (Host host :
                Arrays.stream(connectors.get()).flatMap(Handshakes::hosts).toList()) {
            try {
                KeyStore store = host.config().getTruststore();
                if (store != null) {
                    stores.add(ConnectorTrust.of(
                            host.config().getHostName(), TomcatEnvironment.name(host.connector()), store));
                }
            } catch (IOException | KeyStoreException | RuntimeException e) {
                // A start of the connector reports it.
            }
        }
        return stores;
    }

    private Answer answer() {
        List<Host> hosts = Arrays.stream(connectors.get())
                .flatMap(connector -> hosts(connector))
                .toList();
        Answer answer = last;
        if (!answer.hosts().equals(hosts)) {
            answer = new Answer(hosts, hosts.stream().map(Host::trust).toList());
            last = answer;
        }
        return answer;
    }

    private static Stream<Host> hosts(Connector connector) {
        return Arrays.stream(connector.findSslHostConfigs()).map(config -> Host.of(connector, config));
    }
}
