/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.certificate.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource, wherever the container puts them.
 *
 * <p>Tomcat, Liberty, GlassFish and Jetty put them into the Reference, WildFly into the naming environment. There other
 * keys are the container's own; in a Reference an attribute that is not known is a typing error.
 *
 * @param resource the name of the resource
 * @param values the attributes that are given
 */
record Attributes(String resource, Map<String, String> values) {

    static final String PATH = "path";
    static final String PASSWORD = "password";
    static final String PASSWORD_FILE = "passwordFile";
    static final String ALLOW_EMPTY = "allowEmpty";
    static final String INCLUDE_KEY_ENTRIES = "includeKeyEntries";

    private static final List<String> OURS = List.of(PATH, PASSWORD, PASSWORD_FILE, ALLOW_EMPTY, INCLUDE_KEY_ENTRIES);

    /** What containers add to a Reference on their own account. */
    private static final Set<String> CONTAINERS = Set.of(
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

    static Attributes of(String resource, @Nullable Object reference, @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Attributes attributes = new Attributes(resource, new HashMap<>());
        if (environment != null) {
            for (String name : OURS) {
                attributes.put(name, environment.get(name));
            }
        }
        if (reference instanceof Reference addresses) {
            for (RefAddr address : Collections.list(addresses.getAll())) {
                attributes.putAddress(address);
            }
        }
        return attributes;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    boolean flag(String name) throws NamingException {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw problem(name, "is " + Printable.quoted(value) + "; accepted are true and false", null);
        }
        return value.equals("true");
    }

    Path requirePath() throws NamingException {
        Path path = path(PATH);
        if (path == null) {
            throw problem(PATH, "is missing; it names a key store, PEM or DER file, or a directory of PEM files", null);
        }
        return path;
    }

    /** Returns the file that an attribute names, or null if the attribute is not given. */
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
            throw problem(name, "is " + Printable.quoted(value) + ", which is no path on this machine", e);
        }
    }

    private Path absolute(String name, Path path) throws NamingException {
        String base = System.getProperty("catalina.base");
        if (!path.isAbsolute() && base == null) {
            throw problem(
                    name,
                    "is " + Printable.quoted(path.toString())
                            + "; only in Tomcat, where catalina.base is set, may a path be relative",
                    null);
        }
        return path.isAbsolute() ? path : Path.of(base).toAbsolutePath().resolve(path);
    }

    NamingException problem(String attribute, String why, @Nullable Throwable cause) {
        NamingException problem =
                new NamingException("resource " + Printable.quoted(resource) + ": [" + attribute + "] " + why);
        problem.setRootCause(cause);
        return problem;
    }

    private void putAddress(RefAddr address) throws NamingException {
        String name = address.getType();
        if (OURS.contains(name)) {
            put(name, address.getContent());
        } else if (!CONTAINERS.contains(name)) {
            throw problem(Printable.text(name), "is not an attribute; accepted are " + OURS, null);
        }
    }

    private void put(String name, @Nullable Object value) throws NamingException {
        if (value == null) {
            return;
        }
        if (!(value instanceof String text)) {
            throw problem(name, "is no text", null);
        }
        String other = values.put(name, text);
        if (other != null && !other.equals(text)) {
            throw problem(name, "is given twice, with different values", null);
        }
    }
}
