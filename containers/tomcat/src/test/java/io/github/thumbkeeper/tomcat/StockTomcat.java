/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A stock Tomcat: the downloaded distribution, in its own process.
 *
 * <p>Its connectors use port 0, so that the operating system assigns free ones; they are read from the log. The base
 * folder is temporary and is deleted by {@link #close()}.
 */
final class StockTomcat implements AutoCloseable {
    private static final Pattern PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"(https?)-[^\"]*-auto-\\d+-(\\d+)\"]");
    private static final long PATIENCE = 120;

    private final Process process;
    private final Console console;
    private final Path base;

    private StockTomcat(Process process, Path base) {
        this.process = process;
        this.console = new Console(process);
        this.base = base;
    }

    /** Prepares the Tomcat of this line, {@code 10} or {@code 11}, with its own configuration but for server.xml. */
    static Builder line(int line) throws IOException {
        String home = System.getProperty("thumbkeeper.stock.tomcat" + line);
        if (home == null) {
            throw new IllegalStateException("No stock Tomcat " + line + " was unpacked: run this test with Maven");
        }
        return new Builder(Path.of(home));
    }

    /** Returns its log and output so far. */
    String log() {
        return console.text();
    }

    /** Waits up to two minutes until it logs this; returns false if it does not, or if it ends before. */
    boolean logs(String expected) throws InterruptedException {
        return console.await(expected, PATIENCE);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The address of this path at the first connector with TLS. */
    URI https(String path) {
        return https(0, path);
    }

    /** The address of this path at the connector with TLS that was started after this many others. */
    URI https(int connector, String path) {
        return URI.create("https://127.0.0.1:" + port("https", connector) + path);
    }

    /** The address of this path at the first connector without TLS. */
    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port("http", 0) + path);
    }

    private int port(String scheme, int connector) {
        List<Integer> ports = PORT.matcher(log())
                .results()
                .filter(started -> started.group(1).equals(scheme))
                .map(started -> Integer.valueOf(started.group(2)))
                .toList();
        if (ports.size() <= connector) {
            throw new IllegalStateException("No " + scheme + " connector with port=\"0\" was started:\n" + log());
        }
        return ports.get(connector);
    }

    /** A file below its base folder, as {@code logs/access.txt}. */
    Path file(String path) {
        return base.resolve(path);
    }

    /** Ends the process and removes the base folder; {@link #log()} stays. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            console.awaitEnd();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(base);
    }

    /** Collects the contents of the base folder. Not thread-safe. */
    static final class Builder {
        private final Path home;
        private final Path base = Files.createTempDirectory("thumbkeeper-stock");
        private final List<String> properties = new ArrayList<>();

        private Builder(Path home) throws IOException {
            this.home = home;
            for (String folder : List.of("lib", "logs", "temp", "webapps", "work")) {
                Files.createDirectory(base.resolve(folder));
            }
            Folders.copyFiles(home.resolve("conf"), base.resolve("conf"));
        }

        /** Sets server.xml; Tomcat itself fills in its {@code ${...}}, from {@link #property} among others. */
        Builder serverXml(String xml) throws IOException {
            return file("conf/server.xml", xml);
        }

        /** Sets a system property of the process. */
        Builder property(String name, String value) {
            properties.add("-D" + name + "=" + value);
            return this;
        }

        /** Copies jars into Tomcat's lib folder. */
        Builder lib(Path... jars) throws IOException {
            for (Path jar : jars) {
                Files.copy(jar, base.resolve("lib").resolve(jar.getFileName().toString()));
            }
            return this;
        }

        /** Adds an unpacked application; the keys are paths in it. */
        Builder app(String name, Map<String, String> files) throws IOException {
            for (Map.Entry<String, String> file : files.entrySet()) {
                file("webapps/" + name + "/" + file.getKey(), file.getValue());
            }
            return this;
        }

        /** Writes a file below the base folder, as {@code conf/server.pem}. */
        Builder file(String path, String content) throws IOException {
            Path file = base.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, StandardCharsets.UTF_8);
            return this;
        }

        /** The base folder, for a server.xml that needs absolute paths. */
        Path base() {
            return base;
        }

        /** Starts and waits until it is up; fails with the log if it ends before or takes two minutes. */
        StockTomcat start() throws IOException, InterruptedException {
            StockTomcat started = launch();
            if (!started.logs("Server startup in [")) {
                started.close();
                throw new IllegalStateException("Tomcat did not start:\n" + started.log());
            }
            return started;
        }

        /** Starts without waiting, for a test of a start that must fail. */
        StockTomcat launch() throws IOException {
            Process process = new ProcessBuilder(command())
                    .directory(base.toFile())
                    .redirectErrorStream(true)
                    .start();
            return new StockTomcat(process, base);
        }

        private List<String> command() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(properties);
            command.add("-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"));
            command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
            command.add("-Dcatalina.home=" + home);
            command.add("-Dcatalina.base=" + base);
            command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
            command.add("-cp");
            command.add(home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"));
            command.add("org.apache.catalina.startup.Bootstrap");
            command.add("start");
            return command;
        }
    }
}
