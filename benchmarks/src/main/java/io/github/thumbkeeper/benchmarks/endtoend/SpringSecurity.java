/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import jakarta.servlet.Filter;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Makes Spring Security's filter for client certificates, in a class loader of its own: its logging is static, and is measured in
 * two settings.
 */
final class SpringSecurity {

    private static final String NO_LOG = "org.apache.commons.logging.impl.NoOpLog";

    private SpringSecurity() {}

    /** Makes the filter with its logging as it comes: java.util.logging at the level INFO. */
    static Filter asItComes() throws ReflectiveOperationException {
        return filter(new Own());
    }

    /** Makes the filter with a log that is off and does not even render its messages. */
    static Filter withoutLog() throws ReflectiveOperationException {
        Own loader = new Own();
        Object factory = loader.loadClass("org.apache.commons.logging.LogFactory")
                .getMethod("getFactory")
                .invoke(null);
        factory.getClass()
                .getMethod("setAttribute", String.class, Object.class)
                .invoke(factory, "org.apache.commons.logging.Log", NO_LOG);
        return filter(loader);
    }

    /** Returns the version that is measured. */
    static String version() {
        String path = String.valueOf(Arrays.stream(classPath())
                .filter(each -> each.contains("spring-security-web"))
                .findFirst()
                .orElse("spring-security-web"));
        return String.valueOf(Path.of(path).getFileName())
                .replace("spring-security-web-", "")
                .replace(".jar", "");
    }

    private static Filter filter(ClassLoader loader) throws ReflectiveOperationException {
        Supplier<?> maker = (Supplier<?>)
                loader.loadClass(SpringFilter.class.getName()).getConstructor().newInstance();
        return (Filter) maker.get();
    }

    private static String[] classPath() {
        return System.getProperty("java.class.path").split(File.pathSeparator, -1);
    }

    /** Loads Spring, its logging and our maker itself, and takes everything else from the class path. */
    private static final class Own extends URLClassLoader {

        Own() {
            super(Arrays.stream(classPath()).map(Own::url).toArray(URL[]::new), SpringSecurity.class.getClassLoader());
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith("org.springframework.")
                    || name.startsWith("org.apache.commons.logging.")
                    || name.startsWith(SpringFilter.class.getName());
            if (!own) {
                requireStandardLogging(name);
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        /** Hides SLF4J, which the embedded database server brings, as it comes without. */
        private static void requireStandardLogging(String name) throws ClassNotFoundException {
            if (name.startsWith("org.slf4j.") || name.startsWith("org.apache.logging.")) {
                throw new ClassNotFoundException(name);
            }
        }
    }
}
