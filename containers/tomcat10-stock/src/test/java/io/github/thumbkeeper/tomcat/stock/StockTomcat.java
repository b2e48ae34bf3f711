/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat.stock;

import io.github.thumbkeeper.conformance.Ability;
import io.github.thumbkeeper.conformance.Server;
import io.github.thumbkeeper.conformance.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A new base folder, with the valve in its lib and the manager that the adapter uses to deploy. */
public final class StockTomcat implements Server {

    @Override
    public String name() {
        String folder = Site.homeFolder().getFileName().toString();
        return "Tomcat " + folder.replaceFirst("apache-tomcat-(10\\.1|11)\\..*", "$1") + ", as downloaded";
    }

    @Override
    public void prepare(Site site) throws IOException {
        Path base = site.target("base");
        Site.delete(base);
        Files.createDirectories(base);
        for (String folder : List.of("lib", "logs", "temp", "webapps", "work")) {
            Files.createDirectory(base.resolve(folder));
        }
        Site.copy(site.home().resolve("conf"), base.resolve("conf"));
        Site.copy(site.home().resolve("webapps/manager"), base.resolve("webapps/manager"));
        Files.copy(site.jar("valve"), base.resolve("lib/thumbkeeper-valve.jar"));
        Files.writeString(base.resolve("conf/server.xml"), site.setup("server.xml"));
        Files.writeString(base.resolve("conf/tomcat-users.xml"), site.setup("tomcat-users.xml"));
        makeExecutable(site.home().resolve("bin"));
        site.freePort("jmx");
        System.setProperty("thumbkeeper.base", base.toString());
    }

    @Override
    public Map<Ability, String> lacks() {
        return Map.of(
                Ability.EAR,
                "Tomcat deploys web applications only: https://tomcat.apache.org/tomcat-10.1-doc/deployer-howto.html",
                Ability.CONTEXT_SERVICE,
                "Tomcat is no Jakarta Concurrency container: https://tomcat.apache.org/whichversion.html");
    }

    /** Sets the file mode that the zip lacks. */
    private static void makeExecutable(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.sh")) {
            for (Path each : files) {
                if (!each.toFile().setExecutable(true)) {
                    throw new IOException(each + " cannot be made executable");
                }
            }
        }
    }
}
