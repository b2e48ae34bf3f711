/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.OutsideProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends requests with curl: a client that shares neither TLS nor HTTP code with the server. */
final class Curl {
    private Curl() {}

    /** An answer: the status, the version of HTTP as {@code 1.1} or {@code 2}, and the body. */
    record Answer(int status, String httpVersion, String body) {}

    /** Gets the resource, trusting this server certificate only; more options of curl may follow. */
    static Answer get(URI uri, Path trustedPem, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(OutsideProgram.CURL.path(), "--silent", "--show-error", "--max-time", "30"));
        command.addAll(List.of("--cacert", trustedPem.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--write-out", "\n%{http_code} %{http_version}", uri.toString()));
        String output = run(command);
        int end = output.lastIndexOf('\n');
        String[] status = output.substring(end + 1).split(" ", 2);
        return new Answer(Integer.parseInt(status[0]), status[1], output.substring(0, end));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("curl ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
