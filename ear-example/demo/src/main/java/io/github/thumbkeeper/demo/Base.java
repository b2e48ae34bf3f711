/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run: Tomcat's base, and the certificates of the clients.
 *
 * @param folder where it is
 */
record Base(Path folder) {

    /** What stands in the files for the thumbprints that are made only now. */
    private static final String PLACEHOLDER = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final String SERVLET = "io/github/thumbkeeper/demo/WhoServlet.class";

    static Base create(Path parent) throws IOException {
        return new Base(Files.createTempDirectory(parent, "demo-run-"));
    }

    void fill(Places places, People people) throws IOException {
        for (String name : List.of("lib", "logs", "temp", "work", "conf/clients")) {
            Files.createDirectories(folder.resolve(name));
        }
        copyTree(places.tomcat().resolve("conf"), folder.resolve("conf"));
        copyTree(places.files(), folder);
        addJars(places);
        addCertificates(people);
    }

    Path pki() {
        return folder.resolve("pki");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Lists a client in the store; the file appears whole or not at all. */
    void list(String client) throws IOException {
        Path copy = Files.copy(pki().resolve(client + ".pem"), file("temp/" + client + ".pem"));
        Files.move(copy, listed(client), StandardCopyOption.ATOMIC_MOVE);
    }

    void unlist(String client) throws IOException {
        Files.delete(listed(client));
    }

    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Path listed(String client) {
        return file("conf/clients/" + client + ".pem");
    }

    private void addJars(Places places) throws IOException {
        Files.copy(places.valve(), file("lib/thumbkeeper-valve.jar"));
        Path inFilter = Files.createDirectories(file("webapps/filter/WEB-INF/lib"));
        Files.copy(places.filter(), inFilter.resolve("thumbkeeper-servlet-filter-standalone.jar"));
        for (String application : List.of("valve", "filter")) {
            Path target = file("webapps/" + application + "/WEB-INF/classes/" + SERVLET);
            Files.createDirectories(target.resolveSibling(""));
            Files.copy(places.classes().resolve(SERVLET), target);
        }
    }

    private void addCertificates(People people) throws IOException {
        people.write(pki());
        Files.copy(pki().resolve("server.pem"), file("conf/server.pem"));
        Files.copy(pki().resolve("server-key.pem"), file("conf/server-key.pem"));
        list("bob");
        list("expired");
        Path context = file("webapps/valve/META-INF/context.xml");
        String thumbprints = "sha256:" + people.alice().sha256() + " sha256:"
                + people.expired().sha256();
        Files.writeString(context, Files.readString(context).replace(PLACEHOLDER, thumbprints));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
