/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the valve's jar: runs the command line, which is a jar within this one.
 *
 * <p>In a jar of its own the command line is compressed as a whole, and no web application can load one of its classes, although
 * the valve's jar is in Tomcat's {@code lib}.
 */
public final class CommandLineLauncher {

    /** The name of the jar within the jar, which {@code PackJar} makes. */
    static final String JAR = "/META-INF/thumbkeeper-cli.jar";

    private static final String MAIN = "io.github.thumbkeeper.cli.Main";

    private CommandLineLauncher() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        try (InputStream jar = CommandLineLauncher.class.getResourceAsStream(JAR)) {
            if (jar == null) {
                throw new IllegalStateException(
                        "The command line is missing: expected " + JAR + " in the valve's jar.");
            }
            ClassLoader commands = NestedJarClassLoader.of(jar, CommandLineLauncher.class);
            commands.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
