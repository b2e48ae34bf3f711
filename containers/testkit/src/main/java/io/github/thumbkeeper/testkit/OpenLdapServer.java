/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenLDAP's {@code slapd} with an empty database on 127.0.0.1. Anonymous clients may read it, {@value #ADMIN} may change it.
 *
 * <p>Not thread-safe.
 */
public final class OpenLdapServer implements AutoCloseable {

    /** The name below which its entries are. */
    public static final String SUFFIX = "dc=example,dc=org";

    /** The account that may change everything. */
    public static final String ADMIN = "cn=admin," + SUFFIX;

    /** The password of {@value #ADMIN}. */
    public static final String PASSWORD = "correct horse";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String program;
    private final Path folder;
    private final int port;
    private Process server;

    /**
     * Starts a server.
     *
     * @param program the path of {@code slapd}
     * @param folder an existing folder for its files
     */
    public OpenLdapServer(String program, Path folder) throws IOException, InterruptedException {
        this.program = program;
        this.folder = folder;
        this.port = freePort();
        Files.createDirectory(data());
        configure("access to * by * read");
        server = start();
    }

    /** Returns the URL of an entry of this server. */
    public String url(String name) {
        return "ldap://127.0.0.1:" + port + "/" + name;
    }

    /** Returns its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /**
     * Starts it again with other rights for anonymous clients.
     *
     * @param access lines for {@code slapd.conf}, such as {@code access to * by * read}
     */
    public void restartWith(String access) throws IOException, InterruptedException {
        stop();
        configure(access);
        server = start();
    }

    /** Starts it again with the entries of an LDIF file (RFC 2849), which replace all others. */
    public void restartWith(Path ldif) throws IOException, InterruptedException {
        stop();
        try (var files = Files.newDirectoryStream(data())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Process load =
                run(List.of(program, "-T", "add", "-q", "-f", configuration().toString(), "-l", ldif.toString()));
        if (!load.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || load.exitValue() != 0) {
            load.destroyForcibly();
            throw new IOException("slapadd failed: " + Files.readString(log()));
        }
        server = start();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void configure(String access) throws IOException {
        Files.writeString(
                configuration(),
                String.join(
                        "\n",
                        "include /etc/ldap/schema/core.schema",
                        "include /etc/ldap/schema/cosine.schema",
                        "include /etc/ldap/schema/inetorgperson.schema",
                        "modulepath /usr/lib/ldap",
                        "moduleload back_mdb",
                        "sizelimit unlimited",
                        "database mdb",
                        "suffix \"" + SUFFIX + "\"",
                        "rootdn \"" + ADMIN + "\"",
                        "rootpw \"" + PASSWORD + "\"",
                        "directory \"" + data() + "\"",
                        "maxsize 4294967296",
                        "dbnosync",
                        access,
                        ""));
    }

    private Process start() throws IOException, InterruptedException {
        Process started = run(
                List.of(program, "-d", "0", "-h", url(""), "-f", configuration().toString()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!accepts()) {
            if (started.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
                started.destroyForcibly();
                throw new IOException("slapd has not come up: " + Files.readString(log()));
            }
        }
        return started;
    }

    private void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path configuration() {
        return folder.resolve("slapd.conf");
    }

    private Path log() {
        return folder.resolve("log");
    }
}
