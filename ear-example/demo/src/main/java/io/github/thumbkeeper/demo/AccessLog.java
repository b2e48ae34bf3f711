/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tomcat's access log, with the pattern of our server.xml.
 *
 * @param file where it is
 */
record AccessLog(Path file) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What it says of one request.
     *
     * @param port the client's port, which stays the same as long as the connection does
     * @param reason the code of the reason, or {@code -}
     */
    record Line(String port, String reason) {}

    /** Waits for the line of the request with this number: it is written when the client has its answer already. */
    Line of(int call) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Line> line = find("?call=" + call + " ");
            if (line.isPresent()) {
                return line.get();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("the access log says nothing of request " + call);
    }

    private Optional<Line> find(String query) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(query))
                    .map(line -> line.split(" ", 4))
                    .map(parts -> new Line(parts[0], parts[2]))
                    .findFirst();
        }
    }
}
