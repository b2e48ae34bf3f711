/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.wildfly;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import io.github.thumbkeeper.conformance.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A new configuration next to those of WildFly, made by the documented script. */
public final class WildFly implements Server {

    @Override
    public String name() {
        return "WildFly";
    }

    @Override
    public void prepare(Site site) throws IOException, InterruptedException {
        Path home = site.home();
        Path configuration = home.resolve("standalone/configuration");
        Files.copy(
                configuration.resolve("standalone.xml"),
                configuration.resolve("thumbkeeper.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        Site.delete(home.resolve("modules/io/github/thumbkeeper"));
        site.freePort("management");
        Path script = site.folder().resolve("offline.cli");
        Files.writeString(
                script,
                "embed-server --server-config=thumbkeeper.xml\n"
                        + site.setup("thumbkeeper.cli")
                        + "stop-embedded-server\n");
        Tool.run(home, Map.of("JBOSS_HOME", home.toString()), "sh", "bin/jboss-cli.sh", "--file=" + script);
    }

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(Ability.VALVE, Ability.VALVES_ARE_TOMCATS);
    }
}
