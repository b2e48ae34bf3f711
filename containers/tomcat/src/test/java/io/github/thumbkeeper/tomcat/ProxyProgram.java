/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.junit.jupiter.api.Assumptions.abort;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reverse proxies that the tests put before a Tomcat; each is a package of Debian. */
enum ProxyProgram {
    NGINX("nginx", "nginx.conf", ForwardedAs.NGINX) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-p", folder + "/", "-c", configuration(), "-e", "stderr");
        }
    },
    HAPROXY("haproxy", "haproxy.cfg", ForwardedAs.HAPROXY) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-db", "-f", configuration());
        }
    },
    HTTPD("apache2", "httpd.conf", ForwardedAs.APACHE) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-D", "FOREGROUND", "-d", folder.toString(), "-f", configuration());
        }
    };

    private final String program;
    private final String configuration;
    private final ForwardedAs format;

    ProxyProgram(String program, String configuration, ForwardedAs format) {
        this.program = program;
        this.configuration = configuration;
        this.format = format;
    }

    /** What it is started with in its folder, so that it stays in the foreground. */
    abstract List<String> arguments(Path folder);

    /** The name of its file of configuration. */
    String configuration() {
        return configuration;
    }

    /** The header that its recipe writes. */
    String header() {
        return format.header();
    }

    /** What it writes into the header, byte by byte. */
    String written(TestCertificate certificate) {
        return format.encode(certificate.certificate());
    }

    /** Where it is; where nobody has promised to have it, its tests are skipped. */
    String path() {
        Optional<String> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("no " + program + " on this machine; install the package " + program);
        }
        return found.orElseGet(
                () -> abort("no " + program + " on this machine: the package " + program + " is not installed"));
    }
}
