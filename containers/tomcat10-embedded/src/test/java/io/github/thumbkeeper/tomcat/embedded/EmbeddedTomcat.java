/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat.embedded;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.util.Map;
import org.apache.catalina.util.ServerInfo;

/** Tomcat in the process of the tests. */
public final class EmbeddedTomcat implements Server {

    @Override
    public String name() {
        return "Tomcat " + ServerInfo.getServerNumber().replaceFirst("^(10\\.1|11)\\..*", "$1") + ", embedded";
    }

    @Override
    public void prepare(Site site) {}

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(
                Ability.EAR,
                "Tomcat deploys web applications only: https://tomcat.apache.org/tomcat-10.1-doc/deployer-howto.html",
                Ability.CONTEXT_SERVICE,
                "Tomcat is no Jakarta Concurrency container: https://tomcat.apache.org/whichversion.html");
    }
}
