/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Loads the classes of a jar within a jar, which no class loader of the JDK does. Thread-safe. */
final class NestedJarClassLoader extends ClassLoader {

    private static final String CLASS = ".class";

    private final Map<String, byte[]> classes;
    private final Class<?> outer;

    private NestedJarClassLoader(Map<String, byte[]> classes, Class<?> outer) {
        super(outer.getClassLoader());
        this.classes = Map.copyOf(classes);
        this.outer = outer;
    }

    /** Reads the jar; its packages have the version of the class that it is within, and its classes the same origin. */
    static NestedJarClassLoader of(InputStream jar, Class<?> outer) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        ZipInputStream entries = new ZipInputStream(jar);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            String name = entry.getName();
            if (name.endsWith(CLASS)) {
                String className =
                        name.substring(0, name.length() - CLASS.length()).replace('/', '.');
                classes.put(className, entries.readAllBytes());
            }
        }
        return new NestedJarClassLoader(classes, outer);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] content = classes.get(name);
        if (content == null) {
            throw new ClassNotFoundException(name);
        }
        definePackageOf(name);
        return defineClass(name, content, 0, content.length, outer.getProtectionDomain());
    }

    private void definePackageOf(String className) {
        String name = className.substring(0, className.lastIndexOf('.'));
        if (getDefinedPackage(name) == null) {
            String version = outer.getPackage().getImplementationVersion();
            definePackage(name, null, null, null, null, version, null, null);
        }
    }
}
