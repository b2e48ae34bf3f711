/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment of one run: the server's certificate, the clients, free ports, and the folder that replaces {@code
 * /etc/thumbkeeper} in the files of a set-up.
 */
public final class Site {

    /** The password of the server's key store. */
    public static final String PASSWORD = "changeit";

    /** The server's own certificate. */
    public static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();

    private static final Set<Integer> GIVEN = new HashSet<>();
    private static final Site CURRENT = create();

    private final Server server;
    private final Path target = Path.of(property("thumbkeeper.target"));
    private final int https = freePort("https");
    private final int http = freePort("http");

    private Site(Server server) {
        this.server = server;
    }

    /** Returns the site of this process; the first call sets the server up. */
    public static Site current() {
        return CURRENT;
    }

    private static Site create() {
        List<Server> servers = ServiceLoader.load(Server.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (servers.size() != 1) {
            throw new IllegalStateException("one container at a time, not " + servers);
        }
        Site site = new Site(servers.get(0));
        try {
            site.furnish();
            site.server.prepare(site);
        } catch (Exception e) {
            throw new IllegalStateException(site.server.name() + " could not be set up: " + e.getMessage(), e);
        }
        return site;
    }

    /** The container. */
    public Server server() {
        return server;
    }

    /** The folder of the unpacked server. */
    public Path home() {
        return homeFolder();
    }

    /** The folder of the unpacked server, for use before there is a site. */
    public static Path homeFolder() {
        return Path.of(property("thumbkeeper.server.home"));
    }

    /** The folder of this run in the build's folder. */
    public Path target(String name) {
        return target.resolve(name);
    }

    /** The folder that replaces {@code /etc/thumbkeeper}. */
    public Path folder() {
        return target("site");
    }

    /** The folder of the listed certificates. */
    public Path clients() {
        return folder().resolve("clients");
    }

    /** Our jar of this name: {@code filter}, {@code valve} or {@code tls}. */
    public Path jar(String name) {
        return Path.of(property("thumbkeeper." + name + ".jar"));
    }

    /** The port for TLS. */
    public int https() {
        return https;
    }

    /** The port without TLS. */
    public int http() {
        return http;
    }

    /** The address of a path, over TLS. */
    public URI https(String path) {
        return URI.create("https://127.0.0.1:" + https + path);
    }

    /** A free port of 127.0.0.1, which arquillian.xml knows as <code>${thumbkeeper.port.NAME}</code>. */
    public int freePort(String name) {
        try {
            int port;
            do {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = socket.getLocalPort();
                }
            } while (!GIVEN.add(port));
            System.setProperty("thumbkeeper.port." + name, String.valueOf(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the documentation's folder, ports and thumbprint in a file by those of this run. */
    public String fill(String text) {
        return text.replace("/etc/thumbkeeper", folder().toString())
                .replaceAll("sha256:9f86d0[0-9a-f]{58}", "sha256:" + People.ALICE.sha256())
                .replaceAll("\\b8443\\b", Matcher.quoteReplacement(String.valueOf(https)))
                .replaceAll("\\b8080\\b", Matcher.quoteReplacement(String.valueOf(http)));
    }

    /** The text of a file of the module's set-up, {@code /setup/NAME} on the class path, filled. */
    public String setup(String name) throws IOException {
        try (InputStream in = Site.class.getResourceAsStream("/setup/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("/setup/" + name + " is not on the class path");
            }
            return fill(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Copies a folder and its contents to a path that does not exist. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** Removes a folder of an earlier run. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void furnish() throws IOException, GeneralSecurityException {
        delete(folder());
        Files.createDirectories(clients());
        People.BOB.writePem(clients().resolve("bob.pem"));
        SERVER.writePem(folder().resolve("server.pem"));
        Files.writeString(folder().resolve("server-key.pem"), SERVER.privateKeyPem());
        try (OutputStream out = Files.newOutputStream(folder().resolve("server.p12"))) {
            SERVER.keyStore(PASSWORD).store(out, PASSWORD.toCharArray());
        }
        for (String jar : List.of("filter", "valve", "tls")) {
            Files.copy(jar(jar), folder().resolve("thumbkeeper-" + jar + ".jar"));
        }
        System.setProperty("thumbkeeper.site", folder().toString());
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: run this with Maven");
        }
        return value;
    }
}
