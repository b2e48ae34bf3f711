/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Support for the PostgreSQL server that Maven downloads; it runs on Linux on amd64, with glibc. */
public final class EmbeddedPostgresql {

    private static final int ROOT = 0;

    private EmbeddedPostgresql() {}

    /** Skips the test if the server does not run here, or fails it like an {@link OutsideProgram} that is not installed. */
    public static void assumeThatItRuns() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        OutsideProgram.search()
                .requireSystem(runsOn(system), "needs PostgreSQL for Linux on amd64, and this is " + system);
        OutsideProgram.search()
                .requireSystem(
                        !isRoot() || canUnshare(),
                        "needs a user other than root, or one who may run unshare -U: PostgreSQL does not run as root");
    }

    static boolean runsOn(String system) {
        return system.equals("Linux amd64") && !Files.exists(Path.of("/etc/alpine-release"));
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As root the server is started this way. A container may forbid it. */
    private static boolean canUnshare() {
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
