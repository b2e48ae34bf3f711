/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every gate that configuration files declare, and what is wrong around them.
 *
 * @param gates the gates
 * @param problems files that cannot be read, and errors that belong to no gate
 * @param warnings warnings that belong to no gate
 */
public record TomcatSite(List<GateSite> gates, List<String> problems, List<String> warnings) {

    static final String VALVE = "io.github.thumbkeeper.valve.ClientCertificateValve";

    public TomcatSite {
        gates = List.copyOf(gates);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the files of a Tomcat: its base folder, or one of {@code server.xml}, {@code context.xml} and {@code web.xml}.
     *
     * @return nothing if the path is neither such a folder nor an XML file
     */
    public static Optional<TomcatSite> read(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            return Files.isRegularFile(absolute.resolve("conf").resolve("server.xml"))
                    ? Optional.of(new SiteReader(absolute).readBase())
                    : Optional.empty();
        }
        boolean xml = absolute.toString().endsWith(".xml");
        return xml ? Optional.of(new SiteReader(baseOf(absolute)).readFile(absolute)) : Optional.empty();
    }

    /** Returns the base folder of a file in its {@code conf}, otherwise the folder of the file. */
    public static Path baseOf(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            Path name = folder.getFileName();
            if (name != null && name.toString().equals("conf") && folder.getParent() != null) {
                return folder.getParent();
            }
        }
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    static boolean isGate(XmlElement valve) {
        return valve.is("className", VALVE);
    }
}
