/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that is deleted with its content. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;

    /** Creates an empty directory. */
    public WorkDirectory() throws IOException {
        path = Files.createTempDirectory("thumbkeeper");
    }

    /** Returns its path. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
