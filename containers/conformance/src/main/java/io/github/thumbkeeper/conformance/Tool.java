/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a server's own tools. */
public final class Tool {

    private static final long PATIENCE = 180;

    private Tool() {}

    /**
     * Runs a command in a folder and returns its output.
     *
     * @throws IOException if it ends with another status than 0 or takes three minutes; the message contains its output
     */
    public static String run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("thumbkeeper-tool", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String printed = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + (ended ? " failed" : " hangs") + ":\n" + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
