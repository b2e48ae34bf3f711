/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reverse proxy for a Tomcat: its own process, configured by a recipe, on 127.0.0.1 and a free port.
 *
 * <p>Recipes listen on port 443 and look for Tomcat on 127.0.0.1, port 8080, 8443 with TLS, or 8009 with AJP.
 */
final class RealProxy implements AutoCloseable {

    /** The page with the recipes. */
    static final Path RECIPES = Path.of("../tomcat/src/test/recipes/proxies");

    private static final String LOG = "log";

    private final Process process;
    private final Path folder;
    private final int port;

    private RealProxy(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts the program in an empty folder, where the recipe finds its certificate and these files. */
    static RealProxy start(
            ProxyProgram program, String recipe, URI tomcat, TestCertificate server, Path folder, String... files)
            throws Exception {
        String path = program.path();
        int port = freePort();
        Files.writeString(folder.resolve("server.pem"), server.pem());
        Files.writeString(folder.resolve("server-key.pem"), server.privateKeyPem());
        Files.writeString(folder.resolve("server-and-key.pem"), server.pem() + server.privateKeyPem());
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1]);
        }
        Files.writeString(folder.resolve(program.configuration()), filled(recipe, port, tomcat.getPort()));
        ProcessBuilder command = new ProcessBuilder(path)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()));
        command.command().addAll(program.arguments(folder));
        command.environment().put("XDG_DATA_HOME", folder.toString());
        command.environment().put("XDG_CONFIG_HOME", folder.toString());
        RealProxy started = new RealProxy(command.start(), folder, port);
        started.awaitPort();
        return started;
    }

    /** The address of this path at the proxy. */
    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    /** Returns its output so far. */
    String log() throws IOException {
        return Files.readString(folder.resolve(LOG));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws Exception {
        try {
            Eventually.that("a proxy listens", () -> !process.isAlive() || listens());
        } catch (AssertionError e) {
            close();
            throw new AssertionError("The proxy does not listen:\n" + log(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError("The proxy ended with " + process.exitValue() + ":\n" + log());
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String filled(String recipe, int port, int tomcat) throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("listen 443 ", "listen 127.0.0.1:" + port + " ");
        places.put("bind :443 ", "bind 127.0.0.1:" + port + " ");
        places.put("Listen 443\n", "Listen 127.0.0.1:" + port + "\n");
        places.put("*:443>", "*:" + port + ">");
        places.put("\n:443 {", "\n:" + port + " {");
        places.put("127.0.0.1:8080", "127.0.0.1:" + tomcat);
        places.put("127.0.0.1:8443", "127.0.0.1:" + tomcat);
        places.put("127.0.0.1:8009", "127.0.0.1:" + tomcat);
        String text = Files.readString(RECIPES.resolve(recipe));
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        return text;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
