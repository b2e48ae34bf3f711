/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource.
 *
 * <p>Tomcat, Liberty, GlassFish and Jetty put them into the {@link Reference}, where an unknown attribute is refused as a
 * typing error. WildFly puts them into the naming environment, whose other keys are the container's own.
 *
 * <p>Not thread-safe.
 *
 * @param resource the name of the resource, for messages
 * @param known the names of all attributes of the factory
 * @param values the values of the attributes that are set
 */
record Attributes(String resource, List<String> known, Map<String, String> values) {

    static final String PATH = "path";
    static final String PASSWORD = "password";
    static final String PASSWORD_FILE = "passwordFile";
    static final String ALLOW_EMPTY = "allowEmpty";
    static final String INCLUDE_KEY_ENTRIES = "includeKeyEntries";

    /** Attributes that containers add to a Reference. */
    private static final Set<String> OF_CONTAINER = Set.of(
            "scope",
            "auth",
            "singleton",
            "factory",
            "closeMethod",
            "description",
            "name",
            "type",
            "lookup-name",
            "lookupName",
            "forceString",
            "uniqueResourceName",
            "mappedName");

    /**
     * Collects the attributes from the arguments of an object factory.
     *
     * @throws NamingException if an attribute is unknown, not a text, unresolved or set twice
     */
    static Attributes of(
            List<String> known, @Nullable Object reference, @Nullable Name name, @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Attributes attributes = new Attributes(resourceName(reference, name), known, new HashMap<>());
        if (environment != null) {
            for (String each : known) {
                attributes.put(each, environment.get(each));
            }
        }
        if (reference instanceof Reference addresses) {
            for (RefAddr address : Collections.list(addresses.getAll())) {
                attributes.putAddress(address);
            }
        }
        return attributes;
    }

    /** Returns the name of the resource; WildFly passes it as the reference. */
    private static String resourceName(@Nullable Object reference, @Nullable Name name) {
        if (name != null) {
            return name.toString();
        }
        return reference instanceof String text ? text : "without a name";
    }

    /** Returns the value of an attribute, or null if it is not set. */
    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Returns the value of a boolean attribute; false if it is not set. */
    boolean flag(String name) throws NamingException {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw problem(name, "is " + SafeText.quoted(value) + "; expected true or false", null);
        }
        return value.equals("true");
    }

    /** Returns the value of {@code password} or {@code passwordFile}; unset without either. */
    StorePassword password() throws NamingException {
        String password = values.get(PASSWORD);
        Path file = path(PASSWORD_FILE);
        if (password != null && file != null) {
            throw problem(PASSWORD, "is set besides passwordFile; expected only one of them", null);
        }
        try {
            return file == null ? StorePassword.of(PASSWORD, password) : StorePassword.readFrom(PASSWORD_FILE, file);
        } catch (StoreException e) {
            throw problem(PASSWORD_FILE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the value of {@code path}, which must be set. */
    Path requirePath() throws NamingException {
        Path path = path(PATH);
        if (path == null) {
            throw problem(PATH, "is missing; it names a key store, PEM or DER file, or a directory of PEM files", null);
        }
        return path;
    }

    /** Returns the path in an attribute, or null if the attribute is not set. */
    @Nullable
    Path path(String name) throws NamingException {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value.isBlank()) {
            throw problem(name, "is empty; it names a file", null);
        }
        try {
            return absolute(name, Path.of(value));
        } catch (InvalidPathException e) {
            throw problem(name, "is " + shown(name, value) + ", which is not a valid path on this machine", null);
        }
    }

    /** Resolves a relative path against {@code catalina.base}; elsewhere, the working directory is not reliable. */
    private Path absolute(String name, Path path) throws NamingException {
        String base = System.getProperty("catalina.base");
        if (!path.isAbsolute() && base == null) {
            throw problem(
                    name,
                    "is " + shown(name, path.toString())
                            + "; only in Tomcat, where catalina.base is set, may a path be relative",
                    null);
        }
        return path.isAbsolute() ? path : Path.of(base).toAbsolutePath().resolve(path);
    }

    /** Hides the value of {@code passwordFile}: it may be the password itself, by mistake. */
    private static String shown(String name, String path) {
        return name.equals(PASSWORD_FILE) ? TextOrigin.unshown(path) : SafeText.quoted(path);
    }

    /** Returns the exception to throw for an attribute; its message names the resource. */
    NamingException problem(String attribute, String why, @Nullable Throwable cause) {
        NamingException problem =
                new NamingException("resource " + SafeText.quoted(resource) + ": [" + attribute + "] " + why);
        problem.setRootCause(cause);
        return problem;
    }

    private void putAddress(RefAddr address) throws NamingException {
        String name = address.getType();
        if (known.contains(name)) {
            put(name, address.getContent());
        } else if (!OF_CONTAINER.contains(name)) {
            throw problem(SafeText.text(name), "is not an attribute; expected " + known, null);
        }
    }

    private void put(String name, @Nullable Object value) throws NamingException {
        if (value == null) {
            return;
        }
        if (!(value instanceof String text)) {
            throw problem(name, "is not a text", null);
        }
        if (Placeholder.isIn(text)) {
            throw problem(name, "contains a placeholder that nothing has replaced (not shown here)", null);
        }
        String other = values.put(name, text);
        if (other != null && !other.equals(text)) {
            throw problem(name, "is set twice, with different values", null);
        }
    }
}
