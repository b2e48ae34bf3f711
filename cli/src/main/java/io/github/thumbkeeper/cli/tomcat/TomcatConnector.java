/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.setup.ConnectorSetup;
import io.github.thumbkeeper.setup.ConnectorTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A connector as {@code server.xml} declares it.
 *
 * @param setup what decides whether a certificate arrives
 * @param passesUnverified whether every client certificate passes the handshake, or may do so
 * @param trustStores the trust stores of its virtual hosts that can be read here
 * @param warnings about handshakes that the file alone does not determine
 */
record TomcatConnector(
        ConnectorSetup setup, boolean passesUnverified, List<ConnectorTrust> trustStores, List<String> warnings) {

    private static final Set<String> NO_CERTIFICATE = Set.of("none", "no", "false");
    private static final String OUR_PREFIX = "io.github.thumbkeeper.";

    static TomcatConnector of(Path base, XmlElement element) {
        String protocol = element.get("protocol", "HTTP/1.1");
        String name = ConnectorSetup.name(protocol, port(element));
        boolean ajp = protocol.toLowerCase(Locale.ROOT).contains("ajp");
        boolean tls = element.is("SSLEnabled", "true");
        List<XmlElement> hosts = tls ? element.all("SSLHostConfig").toList() : List.of();
        List<String> warnings = new ArrayList<>();
        List<ConnectorTrust> trustStores = new ArrayList<>();
        boolean unverified = false;
        boolean asks = false;
        for (XmlElement host : hosts) {
            String verification = host.get("certificateVerification", "none").toLowerCase(Locale.ROOT);
            boolean asksHere = !NO_CERTIFICATE.contains(verification);
            asks |= asksHere;
            if (asksHere && usesDefaultAuthorities(host, verification)) {
                warnings.add(ConnectorSetup.defaultAuthorities(host.get("hostName", "_default_"), name));
            }
            trustStore(base, host, name).ifPresent(trustStores::add);
            unverified |= passesUnverified(host, verification, name, warnings);
        }
        return new TomcatConnector(
                new ConnectorSetup(name, ajp, !element.is("secretRequired", "false"), !hosts.isEmpty(), asks),
                unverified,
                trustStores,
                warnings);
    }

    private static int port(XmlElement element) {
        try {
            return Integer.parseInt(element.get("port", "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Tomcat reports a store that cannot be read when it starts the connector. */
    private static Optional<ConnectorTrust> trustStore(Path base, XmlElement host, String connector) {
        String file = host.get("truststoreFile", "");
        String password = host.get("truststorePassword", "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance(
                    base.resolve(file).toFile(), password.isEmpty() ? null : password.toCharArray());
            return Optional.of(ConnectorTrust.of(host.get("hostName", "_default_"), connector, store));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** OpenSSL has its own attributes for authorities; with optionalNoCA, it asks none. */
    private static boolean usesDefaultAuthorities(XmlElement host, String verification) {
        return !verification.replace("_", "").equals("optionalnoca")
                && Stream.of("truststoreFile", "trustManagerClassName", "caCertificateFile", "caCertificatePath")
                        .allMatch(each -> host.get(each, "").isEmpty());
    }

    private static boolean passesUnverified(
            XmlElement host, String verification, String connector, List<String> warnings) {
        String manager = host.get("trustManagerClassName", "");
        if (verification.replace("_", "").equals("optionalnoca")
                || manager.startsWith(OUR_PREFIX)
                || (host.get("truststoreFile") != null
                        && host.get("truststoreAlgorithm", "").contains("AnyClientCertificate"))) {
            return true;
        }
        if (manager.isEmpty()) {
            return false;
        }
        warnings.add("TK-416 SSLHostConfig [" + host.get("hostName", "_default_") + "] of connector [" + connector
                + "]: cannot determine which client certificates pass the handshake, because only a running server can"
                + " ask its trust manager [" + manager + "]; it is treated as if every certificate passed");
        return true;
    }
}
