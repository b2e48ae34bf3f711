/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.setup.ConnectorSetup;
import io.github.thumbkeeper.setup.ConnectorTrust;
import java.util.List;

/**
 * What surrounds a gate.
 *
 * @param connectors the connectors of its service
 * @param trustStores the trust stores of these connectors
 * @param deliversForgedSubjects whether the service may hand an application a certificate whose subject nothing has verified
 * @param clientCertLogins the applications below the gate that log in by the subject of the certificate
 * @param withinContext whether it is a valve of one application
 */
public record Surroundings(
        List<ConnectorSetup> connectors,
        List<ConnectorTrust> trustStores,
        boolean deliversForgedSubjects,
        List<String> clientCertLogins,
        boolean withinContext) {

    /** Nothing is known about it. */
    public static final Surroundings NONE = new Surroundings(List.of(), List.of(), false, List.of(), true);

    public Surroundings {
        connectors = List.copyOf(connectors);
        trustStores = List.copyOf(trustStores);
        clientCertLogins = List.copyOf(clientCertLogins);
    }

    /** Returns what surrounds a gate at one of the containers of the service. */
    Surroundings below(List<String> logins, boolean context) {
        return new Surroundings(connectors, trustStores, deliversForgedSubjects, logins, context);
    }
}
