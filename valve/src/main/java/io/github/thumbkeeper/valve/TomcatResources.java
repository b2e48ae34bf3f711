/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import org.apache.catalina.Server;

/** Resources of Tomcat for stores: {@code java:} names within a Context, global names, and paths relative to catalina.base. Thread-safe. */
final class TomcatResources implements ContainerResources {

    private final Server server;
    private final boolean withinContext;

    TomcatResources(Server server, boolean withinContext) {
        this.server = server;
        this.withinContext = withinContext;
    }

    @Override
    @SuppressWarnings("BanJNDI") // the name comes from the settings and is a java: name, never from a request
    public Object lookup(String name) throws NamingException {
        if (!withinContext) {
            throw new OperationNotSupportedException(
                    "java: names belong to an application; a valve of an Engine or a Host looks up"
                            + " global names, as jndi:NAME");
        }
        return new InitialContext().lookup(name);
    }

    @Override
    @SuppressWarnings("BanJNDI") // the name comes from the settings, and the context is the server's own
    public Object lookupGlobal(String name) throws NamingException {
        Context global = server.getGlobalNamingContext();
        if (global == null) {
            throw new OperationNotSupportedException("this server has no global naming context (useNaming is false?)");
        }
        return global.lookup(name);
    }

    @Override
    public Path file(String location) throws StoreException {
        if (location.startsWith("/WEB-INF/")) {
            throw new StoreException(
                    location, "is in an application, where only the filter can read it; expected a path outside", null);
        }
        try {
            return server.getCatalinaBase().toPath().resolve(location);
        } catch (InvalidPathException e) {
            throw new StoreException(location, "is not a path: " + e.getReason(), e);
        }
    }
}
