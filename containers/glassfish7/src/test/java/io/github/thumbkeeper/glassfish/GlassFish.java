/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.glassfish;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.GlassFishDomain;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;

/** A new domain, set up by the documented script. */
public final class GlassFish implements Server {

    @Override
    public String name() {
        return Site.homeFolder().getFileName().toString().replace("glassfish", "GlassFish ");
    }

    @Override
    public void prepare(Site site) throws IOException, InterruptedException, GeneralSecurityException {
        GlassFishDomain.create(site);
    }

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(
                Ability.VALVE,
                Ability.VALVES_ARE_TOMCATS,
                Ability.UNLOADING,
                "GlassFish keeps the class loader of an application without the filter too: "
                        + "https://github.com/eclipse-ee4j/glassfish/issues/23637");
    }
}
