/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.setup.ConnectorSetup;
import java.util.List;

/**
 * What surrounds a gate.
 *
 * @param connectors the connectors of its service
 * @param deliversForgedSubjects whether the service may hand an application a certificate whose subject nothing has verified
 * @param clientCertLogins the applications below the gate that log in by the subject of the certificate
 * @param withinContext whether it is a valve of one application
 */
public record Surroundings(
        List<ConnectorSetup> connectors,
        boolean deliversForgedSubjects,
        List<String> clientCertLogins,
        boolean withinContext) {

    /** Nothing is known about it. */
    public static final Surroundings NONE = new Surroundings(List.of(), false, List.of(), true);

    public Surroundings {
        connectors = List.copyOf(connectors);
        clientCertLogins = List.copyOf(clientCertLogins);
    }
}
