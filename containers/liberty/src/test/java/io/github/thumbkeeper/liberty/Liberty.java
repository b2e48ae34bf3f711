/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.liberty;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Map;

/** A new server in a new user folder. */
public final class Liberty implements Server {

    @Override
    public String name() {
        return "Open Liberty";
    }

    @Override
    public void prepare(Site site) throws IOException {
        Path user = site.target("usr");
        Site.delete(user);
        Path server = Files.createDirectories(user.resolve("servers/thumbkeeper"));
        Files.createDirectories(server.resolve("dropins"));
        Files.writeString(server.resolve("server.xml"), site.setup("server.xml"));
        Files.writeString(server.resolve("jvm.options"), site.setup("jvm.options"));
        String provider = "security.provider." + (Security.getProviders().length + 1);
        Files.writeString(
                site.folder().resolve("java.security"),
                site.setup("java.security").replace("security.provider.13", provider));
        System.setProperty("thumbkeeper.usr", user.toString());
    }

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(Ability.VALVE, Ability.VALVES_ARE_TOMCATS);
    }
}
