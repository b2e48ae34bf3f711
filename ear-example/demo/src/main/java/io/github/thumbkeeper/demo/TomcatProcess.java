/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Tomcat as it is downloaded, running as a process of its own. Its log tells the port it has got. */
final class TomcatProcess {

    private static final Pattern PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"https-[^\"]*-auto-\\d+-(\\d+)\"]");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;

    private TomcatProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static TomcatProcess launch(Path home, Base base) throws IOException {
        Path log = base.file("logs/console.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String debugPort = System.getProperty("demo.debug", "");
        if (!debugPort.isEmpty()) {
            command.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debugPort);
        }
        command.addAll(List.of(
                "-Djava.util.logging.config.file=" + base.file("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base.folder(),
                "-Djava.io.tmpdir=" + base.file("temp"),
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        Process process = new ProcessBuilder(command)
                .directory(base.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new TomcatProcess(process, log);
    }

    /** Waits until it is up, and returns its address. */
    URI awaitStart() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        boolean ended = false;
        while (!ended && Instant.now().isBefore(deadline)) {
            ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            String text = Files.readString(log);
            Matcher port = PORT.matcher(text);
            if (text.contains("Server startup in [") && port.find()) {
                return URI.create("https://127.0.0.1:" + port.group(1));
            }
        }
        throw new IllegalStateException("Tomcat did not start:\n" + Files.readString(log));
    }

    void stop() {
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
}
