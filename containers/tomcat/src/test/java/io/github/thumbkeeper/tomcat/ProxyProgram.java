/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Path;
import java.util.List;

/** The reverse proxies that the tests put before a Tomcat. */
enum ProxyProgram {
    NGINX(OutsideProgram.NGINX, "nginx.conf", ForwardedAs.NGINX) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-p", folder + "/", "-c", configuration(), "-e", "stderr");
        }
    },
    HAPROXY(OutsideProgram.HAPROXY, "haproxy.cfg", ForwardedAs.HAPROXY) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-db", "-f", configuration());
        }
    },
    HTTPD(OutsideProgram.APACHE, "httpd.conf", ForwardedAs.APACHE) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("-D", "FOREGROUND", "-d", folder.toString(), "-f", configuration());
        }
    },
    CADDY(OutsideProgram.CADDY, "Caddyfile", ForwardedAs.RFC9440) {
        @Override
        List<String> arguments(Path folder) {
            return List.of("run", "--config", configuration(), "--adapter", "caddyfile");
        }
    };

    private final OutsideProgram program;
    private final String configuration;
    private final ForwardedAs format;

    ProxyProgram(OutsideProgram program, String configuration, ForwardedAs format) {
        this.program = program;
        this.configuration = configuration;
        this.format = format;
    }

    /** Returns its command line, which keeps it in the foreground. */
    abstract List<String> arguments(Path folder);

    /** Returns the name of its configuration file. */
    String configuration() {
        return configuration;
    }

    /** Returns the header that its recipe sets. */
    String header() {
        return format.header();
    }

    /** Returns the bytes that it writes into the header. */
    String written(TestCertificate certificate) {
        return format.encode(certificate.certificate());
    }

    /** Returns its path; without it the test is skipped. */
    String path() {
        return program.path();
    }
}
