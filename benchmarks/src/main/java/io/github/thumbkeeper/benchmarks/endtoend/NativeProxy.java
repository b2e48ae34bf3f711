/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A proxy that can check a certificate against a list by itself. */
enum NativeProxy {
    NGINX("nginx", "nginx") {
        @Override
        List<String> command(String path, Path configuration) {
            return List.of(path, "-p", configuration.getParent() + "/", "-e", "stderr", "-c", configuration.toString());
        }

        @Override
        List<EndToEnd.Row> rows() {
            return List.of(
                    new EndToEnd.Row("no check", "/none/"),
                    new EndToEnd.Row("map of 10 SHA-1 thumbprints", "/ten1/"),
                    new EndToEnd.Row("map of a million SHA-1 thumbprints", "/mil1/"));
        }

        @Override
        String line(String thumbprint) {
            return thumbprint + " 1;\n";
        }
    },
    HAPROXY("HAProxy", "haproxy") {
        @Override
        List<String> command(String path, Path configuration) {
            return List.of(path, "-db", "-q", "-f", configuration.toString());
        }

        @Override
        List<EndToEnd.Row> rows() {
            return List.of(
                    new EndToEnd.Row("no check", "/none/"),
                    new EndToEnd.Row("ACL of 10 SHA-1 thumbprints", "/ten1/"),
                    new EndToEnd.Row("ACL of a million SHA-1 thumbprints", "/mil1/"),
                    new EndToEnd.Row("ACL of 10 SHA-256 thumbprints", "/ten2/"),
                    new EndToEnd.Row("ACL of a million SHA-256 thumbprints", "/mil2/"));
        }

        @Override
        String line(String thumbprint) {
            return thumbprint + "\n";
        }
    };

    private final String title;
    private final String program;

    NativeProxy(String title, String program) {
        this.title = title;
        this.program = program;
    }

    String title() {
        return title;
    }

    /** Returns the command that runs it in the foreground. */
    abstract List<String> command(String path, Path configuration);

    /** Returns what its configuration checks; the first row checks nothing. */
    abstract List<EndToEnd.Row> rows();

    /** Returns a line of its list. */
    abstract String line(String thumbprint);

    /** Returns the name of its configuration file, which is also that of the template. */
    String configuration() {
        return program + ".conf";
    }

    /** Returns where it is installed, or null. */
    @Nullable
    String path() {
        String all = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(all.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }
}
