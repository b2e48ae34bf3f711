/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.cli.tomcat.GateSite;
import io.github.thumbkeeper.cli.tomcat.OfflineResources;
import io.github.thumbkeeper.cli.tomcat.Surroundings;
import io.github.thumbkeeper.cli.tomcat.TomcatSite;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gates that SETTINGS names: a properties file, {@code server.xml}, {@code context.xml}, {@code web.xml}, or the base folder of
 * a Tomcat.
 *
 * @param gates the gates
 * @param findings what is wrong apart from them
 */
record ConfiguredGates(List<GateSite> gates, List<Finding> findings) {

    static final String EXPECTED =
            "expected a properties file, server.xml, context.xml, web.xml, or the base folder of a Tomcat";

    /** Reads the gates; whatever cannot be read is a finding. */
    static ConfiguredGates read(String settings) {
        try {
            Path path = Path.of(settings);
            Path real = Files.exists(path) ? path.toRealPath() : path;
            Optional<TomcatSite> site = TomcatSite.read(real);
            if (site.isPresent()) {
                return ofTomcat(settings, site.get());
            }
            return Files.isRegularFile(real)
                    ? ofProperties(settings, real)
                    : unreadable(
                            settings, Files.exists(real) ? "is a folder without conf/server.xml" : "does not exist");
        } catch (InvalidPathException e) {
            return unreadable(settings, "is not a path");
        } catch (IOException e) {
            return unreadable(settings, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static ConfiguredGates ofTomcat(String settings, TomcatSite site) {
        List<Finding> findings = new ArrayList<>();
        String place = SafeText.quoted(settings);
        site.problems().forEach(text -> findings.add(new Finding(Finding.Level.ERROR, place, text)));
        site.warnings().stream()
                .distinct()
                .forEach(text -> findings.add(new Finding(Finding.Level.WARNING, place, text)));
        if (site.gates().isEmpty()) {
            findings.add(new Finding(
                    Finding.Level.ERROR,
                    place,
                    "no gate is configured; expected a ClientCertificateValve or a ClientCertificateFilter"));
        }
        return new ConfiguredGates(site.gates(), findings);
    }

    private static ConfiguredGates ofProperties(String settings, Path file) {
        GateSite gate = new GateSite(
                "file " + SafeText.quoted(settings),
                GateSite.Kind.SETTINGS,
                Map.of("settingsFile", file.toAbsolutePath().toString()),
                OfflineResources.ofFolder(TomcatSite.baseOf(file.toAbsolutePath())),
                List.of(),
                List.of(),
                Surroundings.NONE,
                status -> true);
        return new ConfiguredGates(List.of(gate), List.of());
    }

    private static ConfiguredGates unreadable(String settings, String why) {
        return new ConfiguredGates(
                List.of(),
                List.of(new Finding(
                        Finding.Level.ERROR,
                        "[" + SecretText.masked(SafeText.text(settings)) + "]",
                        why + "; " + EXPECTED)));
    }
}
