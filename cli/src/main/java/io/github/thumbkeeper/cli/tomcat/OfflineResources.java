/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.jspecify.annotations.Nullable;

/**
 * Resources of a Tomcat that is not running, from its files: texts, and key stores of our own factory. Other resources exist in a
 * running server only.
 *
 * <p>Immutable and thread-safe.
 */
public final class OfflineResources implements ContainerResources {

    private static final String ENVIRONMENT = "java:comp/env/";

    private static final Set<String> PATHS = Set.of("path", "passwordFile");

    private final Path base;
    private final @Nullable Path application;
    private final boolean filter;
    private final Map<String, XmlElement> global;
    private final Map<String, XmlElement> local;

    /** A resource that only a running server has. */
    public static final class OnlyWhileRunningException extends NamingException {
        private static final long serialVersionUID = 1L;

        OnlyWhileRunningException(String why) {
            super(why);
        }
    }

    private OfflineResources(
            Path base,
            @Nullable Path application,
            boolean filter,
            Map<String, XmlElement> global,
            Map<String, XmlElement> local) {
        this.base = base;
        this.application = application;
        this.filter = filter;
        this.global = Map.copyOf(global);
        this.local = Map.copyOf(local);
    }

    /** Returns the resources of a valve; paths are relative to a folder. */
    static OfflineResources ofValve(Path base, Map<String, XmlElement> global, Map<String, XmlElement> local) {
        return new OfflineResources(base, null, false, global, local);
    }

    /** Returns the resources of a filter in an application. */
    static OfflineResources ofFilter(
            Path base, Path application, Map<String, XmlElement> global, Map<String, XmlElement> local) {
        return new OfflineResources(base, application, true, global, local);
    }

    /** Returns resources without names; paths are relative to a folder. */
    public static OfflineResources ofFolder(Path folder) {
        return ofValve(folder, Map.of(), Map.of());
    }

    @Override
    public Object lookup(String name) throws NamingException {
        String wanted = name.startsWith(ENVIRONMENT) ? name.substring(ENVIRONMENT.length()) : name;
        return bound(name, local.get(wanted));
    }

    @Override
    public Object lookupGlobal(String name) throws NamingException {
        if (filter) {
            throw new OperationNotSupportedException(
                    "jndi: names are global names of Tomcat, for the valve only; expected a java: name");
        }
        return bound(name, global.get(name));
    }

    private Object bound(String name, @Nullable XmlElement declared) throws NamingException {
        if (declared == null) {
            throw new NameNotFoundException("no file declares the name " + SafeText.quoted(name));
        }
        if (declared.name().equals("ResourceLink")) {
            String target = declared.get("global", "");
            return bound(target, global.get(target));
        }
        if (declared.name().equals("env-entry")) {
            return declared.textOf("env-entry-value");
        }
        if (declared.name().equals("Environment")) {
            return declared.get("value", "");
        }
        if (KeyStoreFactory.class.getName().equals(declared.get("factory"))) {
            return keyStore(declared);
        }
        throw new OnlyWhileRunningException("is a [" + SafeText.text(declared.get("type", "resource of unknown type"))
                + "], which only a running server has");
    }

    /** Makes the key store as Tomcat does, which resolves relative paths against its base folder. */
    private Object keyStore(XmlElement declared) throws NamingException {
        Reference reference = new Reference(declared.get("type", ""));
        declared.attributes()
                .forEach((name, value) ->
                        reference.add(new StringRefAddr(name, PATHS.contains(name) ? resolved(value) : value)));
        return new KeyStoreFactory().getObjectInstance(reference, null, null, null);
    }

    private String resolved(String path) {
        try {
            return base.resolve(path).toString();
        } catch (InvalidPathException e) {
            return path;
        }
    }

    @Override
    public Path file(String location) throws StoreException {
        try {
            if (!filter) {
                return inValve(location);
            }
            if (location.startsWith("/WEB-INF/")) {
                return inApplication(location);
            }
            Path path = Path.of(location);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new StoreException(location, "is not a path: " + e.getReason(), e);
        }
        throw new StoreException(location, "is relative; expected an absolute path or /WEB-INF/...", null);
    }

    private Path inValve(String location) throws StoreException {
        if (location.startsWith("/WEB-INF/")) {
            throw new StoreException(
                    location, "is in an application, where only the filter can read it; expected a path outside", null);
        }
        return base.resolve(location);
    }

    private Path inApplication(String location) throws StoreException {
        Optional<Path> folder = Optional.ofNullable(application).filter(Files::isDirectory);
        return folder.orElseThrow(() -> new StoreException(
                        location, "is in a WAR file; unpack it to check it here, as Tomcat does at its start", null))
                .resolve(location.substring(1));
    }
}
