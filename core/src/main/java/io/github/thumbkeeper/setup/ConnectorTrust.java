/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import io.github.thumbkeeper.message.SafeText;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The trust store of a virtual host of a connector. Immutable and thread-safe.
 *
 * @param host the name of the virtual host
 * @param connector the connector as messages name it
 * @param authorities its certificates that can sign others (CA:TRUE), by alias
 */
public record ConnectorTrust(String host, String connector, Map<String, X509Certificate> authorities) {

    private static final int MOST_NAMED = 10;

    public ConnectorTrust {
        authorities = Map.copyOf(authorities);
    }

    /** Copies the authorities of a key store. */
    public static ConnectorTrust of(String host, String connector, KeyStore store) throws KeyStoreException {
        Map<String, X509Certificate> authorities = new TreeMap<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate
                    && certificate.getBasicConstraints() >= 0) {
                authorities.put(alias, certificate);
            }
        }
        return new ConnectorTrust(host, connector, authorities);
    }

    /**
     * Returns the warning about clients that are authorities too: the handshake accepts each certificate that such a client
     * signs, with any subject. The gate refuses those that it does not list, an application without a gate does not.
     *
     * @param listed whether the gate lists a certificate as a client's
     */
    public Optional<String> warning(Predicate<X509Certificate> listed) {
        String named = new TreeMap<>(authorities)
                .entrySet().stream()
                        .filter(each -> listed.test(each.getValue()))
                        .limit(MOST_NAMED)
                        .map(each -> SafeText.quoted(each.getKey()))
                        .collect(Collectors.joining(", "));
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of("TK-423 the trust store of SSLHostConfig [" + host + "] of connector [" + connector
                        + "] has listed clients that are authorities (CA:TRUE): " + named
                        + "; each of them can sign certificates with any subject, which pass the TLS handshake and reach"
                        + " applications without a gate; expected clients with CA:FALSE, made for example with"
                        + " openssl req -addext basicConstraints=critical,CA:FALSE");
    }
}
