/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.message.LogTopic;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The configurations of docs/monitoring, as they are, in the logging systems that they are for. Each runs in a JVM of its own,
 * because a JVM has one logging system; Maven puts the systems into the folder {@code target/logging}.
 */
class LoggingFilesTest {

    private static final Path MONITORING =
            Path.of("..", "docs", "monitoring").toAbsolutePath().normalize();
    private static final Path LIBRARIES = Path.of("target", "logging").toAbsolutePath();

    @TempDir
    private Path base;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(base.resolve("logs"));
    }

    @Test
    @DisplayName("Log4j 2 writes refusals to their file, and the other topics to the console")
    void log4j() throws Exception {
        String console = run(
                libraries("log4j"),
                "-Dlog4j2.configurationFile=" + MONITORING.resolve("log4j2.xml").toUri(),
                "-Dlog.directory=" + base.resolve("logs"));

        assertTopics(console, log("refusals.log"));
        assertThat(console).contains("[io.github.thumbkeeper.store] " + EachTopic.event(LogTopic.STORE, Level.INFO));
    }

    @Test
    @DisplayName("Logback writes refusals to their file, and the other topics to the console")
    void logback() throws Exception {
        String console = run(
                libraries("logback"),
                "-Dlogback.configurationFile=" + MONITORING.resolve("logback.xml"),
                "-Dlog.directory=" + base.resolve("logs"));

        assertTopics(console, log("refusals.log"));
        assertThat(console).contains("[io.github.thumbkeeper.store] " + EachTopic.event(LogTopic.STORE, Level.INFO));
    }

    @Test
    @DisplayName(
            "Tomcat, with the lines at the end of its own file, writes refusals to their file, and the rest as before")
    void tomcat() throws Exception {
        Path tomcat = libraries("tomcat").get(0);
        Path configuration = Files.writeString(
                base.resolve("logging.properties"),
                Files.readString(tomcat.resolve("conf/logging.properties"))
                        + Files.readString(MONITORING.resolve("logging.properties")));
        String console = run(
                List.of(tomcat.resolve("bin/tomcat-juli.jar")),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Djava.util.logging.config.file=" + configuration,
                "-Dcatalina.base=" + base);

        assertTopics(console, log("refusals."));
        assertThat(events(log("catalina."))).isEqualTo(events(console));
        assertThat(log("localhost.")).contains(EachTopic.event(EachTopic.TOMCAT, Level.INFO));
    }

    private static void assertTopics(String console, String refusals) {
        assertThat(events(refusals)).isEqualTo(expected(topic -> topic == LogTopic.REFUSAL));
        assertThat(events(console)).isEqualTo(expected(topic -> topic != LogTopic.REFUSAL));
    }

    /** Returns the events of these topics that the configurations let through. */
    private static Set<String> expected(Predicate<LogTopic> topics) {
        Set<String> events = new TreeSet<>();
        for (LogTopic topic : LogTopic.values()) {
            Level lowest = switch (topic) {
                case REFUSAL -> Level.WARNING;
                case ADMISSION -> Level.DEBUG;
                default -> Level.INFO;
            };
            EachTopic.LEVELS.stream()
                    .filter(level -> topics.test(topic) && level.getSeverity() >= lowest.getSeverity())
                    .forEach(level -> events.add(EachTopic.event(topic, level)));
        }
        return events;
    }

    /** Returns the events of our topics, each of which must occur once. */
    private static Set<String> events(String text) {
        List<String> found = Pattern.compile("<[A-Z]+ at [A-Z]+>")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(found).doesNotHaveDuplicates();
        return new TreeSet<>(found);
    }

    /** Runs the program in a JVM of its own, and returns what it wrote to the console. */
    private String run(List<Path> libraries, String... options) throws Exception {
        String classPath = Stream.concat(libraries.stream(), Stream.of(home(EachTopic.class), home(LogTopic.class)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, EachTopic.class.getName()));
        Path console = base.resolve("console.txt");
        Process process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(console)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(console);
    }

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<Path> libraries(String system) throws IOException {
        List<Path> libraries = files(LIBRARIES.resolve(system));
        assertThat(libraries).isNotEmpty();
        return libraries;
    }

    /** Returns the text of the log file whose name begins like this. */
    private String log(String prefix) throws IOException {
        List<Path> matching = files(base.resolve("logs")).stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
        assertThat(matching).hasSize(1);
        return Files.readString(matching.get(0));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
