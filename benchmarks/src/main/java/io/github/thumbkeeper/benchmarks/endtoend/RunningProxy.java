/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import io.github.thumbkeeper.benchmarks.RandomDigests;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A proxy in a process of its own, on a free port of 127.0.0.1, with lists of 10 and of a million thumbprints. */
final class RunningProxy implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final NativeProxy program;
    private final String path;
    private final Process process;
    private final Path log;
    private final int port;
    private final TestCertificate server;

    private RunningProxy(
            NativeProxy program, String path, Process process, Path log, int port, TestCertificate server) {
        this.program = program;
        this.path = path;
        this.process = process;
        this.log = log;
        this.port = port;
        this.server = server;
    }

    /** Starts it, and waits until it listens. */
    static RunningProxy start(NativeProxy program, String path, Path directory, TestCertificate client, int many)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve(program.title()));
        TestCertificate server = TestCertificate.named("CN=127.0.0.1")
                .ec()
                .ipAddress("127.0.0.1")
                .build();
        Files.writeString(folder.resolve("server.pem"), server.pem() + server.privateKeyPem());
        Files.writeString(folder.resolve("client.pem"), client.pem());
        write(folder.resolve("sha1.ten"), program, 10, client.sha1(), 20);
        write(folder.resolve("sha1.many"), program, many, client.sha1(), 20);
        write(folder.resolve("sha256.ten"), program, 10, client.sha256(), 32);
        write(folder.resolve("sha256.many"), program, many, client.sha256(), 32);
        int port = freePort();
        Path configuration = folder.resolve(program.configuration());
        Files.writeString(
                configuration,
                template(program.configuration())
                        .replace("PORT", String.valueOf(port))
                        .replace("FOLDER", folder.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(program.command(path, configuration))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        RunningProxy started = new RunningProxy(program, path, process, log, port, server);
        started.awaitPort();
        return started;
    }

    private static String template(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RunningProxy.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a list as this proxy reads it: in lower case for nginx, in upper case for HAProxy. */
    private static void write(Path file, NativeProxy program, int entries, String listed, int length)
            throws IOException {
        HexFormat hex = program == NativeProxy.HAPROXY ? HexFormat.of().withUpperCase() : HexFormat.of();
        RandomDigests digests = new RandomDigests(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < entries - 1; i++) {
                writer.write(program.line(hex.formatHex(Arrays.copyOf(digests.next(), length))));
            }
            writer.write(program.line(hex.formatHex(HexFormat.of().parseHex(listed))));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        close();
        throw new IOException(program.title() + " does not start: " + Files.readString(log));
    }

    List<EndToEnd.Row> rows() {
        return program.rows();
    }

    Turns connect(TestCertificate client) throws IOException {
        return new Turns(port, server.certificate(), client);
    }

    /** Returns its name and version, as it prints it. */
    String version() throws IOException {
        Process asked = new ProcessBuilder(path, "-v").redirectErrorStream(true).start();
        String printed = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String number = printed.replaceFirst("(?s)^[^0-9]*([0-9]+[.][0-9.]+[0-9]).*", "$1");
        return program.title() + " " + number;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
