/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomee;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.util.Map;

/** TomEE in the process of the tests. */
public final class TomEe implements Server {

    @Override
    public String name() {
        return "TomEE 10, embedded";
    }

    @Override
    public void prepare(Site site) {}

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(
                Ability.EAR,
                "the store of META-INF/context.xml belongs to one web application: "
                        + "https://tomcat.apache.org/tomcat-10.1-doc/config/context.html",
                Ability.CONTEXT_SERVICE,
                "the embedded TomEE binds none to the name that Jakarta Concurrency gives it");
    }
}
