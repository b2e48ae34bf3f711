/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jetty;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.util.Map;

/** Jetty in the process of the tests. */
public final class Jetty implements Server {

    /** The environment that runs the applications: {@code ee10} or {@code ee11}. */
    static final String ENVIRONMENT = System.getProperty("jetty.environment", "ee10");

    @Override
    public String name() {
        String version = org.eclipse.jetty.server.Server.getVersion();
        return "Jetty " + version.substring(0, version.lastIndexOf('.')) + ", " + ENVIRONMENT;
    }

    @Override
    public void prepare(Site site) {}

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(
                Ability.EAR,
                "Jetty deploys web applications only: https://jetty.org/docs/jetty/12/operations-guide/deploy/index.html",
                Ability.CONTEXT_SERVICE,
                "Jetty is no Jakarta Concurrency container: https://jetty.org/docs/jetty/12/operations-guide/index.html",
                Ability.VALVE,
                Ability.VALVES_ARE_TOMCATS);
    }
}
