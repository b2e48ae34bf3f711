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

/** What any container lends the stores: {@code java:} names, absolute paths, and the files of the application. */
final class FilterResources implements ContainerResources {

    private final ServletContext context;
    private final Map<String, Object> found = new ConcurrentHashMap<>();

    FilterResources(ServletContext context) {
        this.context = context;
    }

    /**
     * On a thread of our own a container may know no names: Open Liberty without its feature {@code concurrent}. A key store
     * of ours that was bound before stands in then, since it reads its files anew; anything else would grow old unnoticed. A
     * name that is gone is gone.
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
                "global names are Tomcat's, and for the valve; the filter looks up java: names");
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
            throw new StoreException(location, "is no path: " + e.getReason(), e);
        }
        throw new StoreException(location, "is relative; accepted are absolute paths and /WEB-INF/...", null);
    }

    private Path unpacked(String location) throws StoreException {
        String real = context.getRealPath(location);
        if (real == null) {
            throw new StoreException(
                    location,
                    "is not a file on disk, because the container runs this application without unpacking it; accepted is"
                            + " an absolute path or a java: name",
                    null);
        }
        return Path.of(real);
    }
}
