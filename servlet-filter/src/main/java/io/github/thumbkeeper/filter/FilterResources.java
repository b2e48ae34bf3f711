/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.location.ContainerResources;
import jakarta.servlet.ServletContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;

/** Resources of any container for stores: {@code java:} names, absolute paths, and files of the application. Thread-safe. */
final class FilterResources implements ContainerResources {

    private final ServletContext context;
    private final Map<String, Object> found = new ConcurrentHashMap<>();

    FilterResources(ServletContext context) {
        this.context = context;
    }

    /**
     * Looks up a name. On our own threads a container may know no names, such as Open Liberty without its feature {@code
     * concurrent}. Then a key store of our own that was found earlier is used, because it reads its files again; any other object
     * would become stale unnoticed. A name that was removed is always an error.
     */
    @Override
    @SuppressWarnings("BanJNDI") // the name comes from the settings and is a java: name, never from a request
    public Object lookup(String name) throws NamingException {
        try {
            Object bound = new InitialContext().lookup(name);
            if (KeyStoreFactory.isMadeHere(bound)) {
                found.put(name, bound);
            }
            return bound;
        } catch (NameNotFoundException e) {
            throw e;
        } catch (NamingException e) {
            Object before = found.get(name);
            if (before == null) {
                throw e;
            }
            return before;
        }
    }

    @Override
    public Object lookupGlobal(String name) throws NamingException {
        throw new OperationNotSupportedException(
                "jndi: names are global names of Tomcat, for the valve only; expected a java: name");
    }

    @Override
    public Path file(String location) throws StoreException {
        if (location.startsWith("/WEB-INF/")) {
            return unpacked(location);
        }
        try {
            Path path = Path.of(location);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new StoreException(location, "is not a path: " + e.getReason(), e);
        }
        throw new StoreException(location, "is relative; expected an absolute path or /WEB-INF/...", null);
    }

    private Path unpacked(String location) throws StoreException {
        String real = context.getRealPath(location);
        if (real == null) {
            throw new StoreException(
                    location,
                    "is not a file on disk, because the container runs this application without unpacking it; expected"
                            + " an absolute path or a java: name",
                    null);
        }
        return Path.of(real);
    }
}
