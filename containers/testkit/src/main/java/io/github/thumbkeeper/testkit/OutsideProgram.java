/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program or a set of files that tests need and the build does not provide, with its Debian package.
 *
 * <p>A test that asks for one is annotated with {@link NeedsProgram}. It is skipped, with the package as the reason, on a machine
 * without the program. The environment variable {@code TESTKIT_PROGRAMS} changes that: with {@code none} every such test is
 * skipped, as if no package were installed; with {@code required} it fails instead of being skipped.
 *
 * <pre>{@code
 * new ProcessBuilder(OutsideProgram.OPENSSL.path(), "version").start();
 * }</pre>
 */
public enum OutsideProgram {
    APACHE("apache2", "apache2"),
    BASH("bash", "bash"),
    CADDY("caddy", "caddy"),
    CHROMIUM("chromium", "chromium"),
    CURL("curl", "curl"),
    HAPROXY("haproxy", "haproxy"),
    KILL("kill", "procps"),
    MARIADB("mariadbd", "mariadb-server"),
    MARIADB_INSTALL("mariadb-install-db", "mariadb-server"),
    MKFIFO("mkfifo", "coreutils"),
    NGINX("nginx", "nginx"),
    OPENSSL("openssl", "openssl"),
    /** NIST's Public Key Interoperability Test Suite: a folder. */
    PKITS("/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data", "python3-cryptography-vectors"),
    SLAPD("slapd", "slapd"),
    ZSH("zsh", "zsh");

    private static final Set<String> PRINTED = ConcurrentHashMap.newKeySet();

    private final String name;
    private final String debianPackage;

    OutsideProgram(String name, String debianPackage) {
        this.name = name;
        this.debianPackage = debianPackage;
    }

    /** Returns the path of the program; aborts the test, or fails it, if the program is not installed. */
    public String path() {
        NeedsProgram.Scope.check(name);
        return search().find(name, debianPackage).toString();
    }

    /** Returns the folder; aborts the test, or fails it, if its package is not installed. */
    public Path folder() {
        NeedsProgram.Scope.check(name);
        return search().folder(Path.of(name), debianPackage);
    }

    /** Returns the Debian package that contains the program. */
    public String debianPackage() {
        return debianPackage;
    }

    static ProgramSearch search() {
        return ProgramSearch.of(
                System::getenv, System.getProperty("os.name").startsWith("Windows"), OutsideProgram::print);
    }

    /** Maven's log counts the skipped tests; the reasons are in its reports only. */
    private static void print(String reason) {
        if (PRINTED.add(reason)) {
            System.out.println("Skipped: " + reason);
        }
    }
}
