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
 * The attributes of a resource, wherever the container puts them.
 *
 * <p>Tomcat, Liberty, GlassFish and Jetty put them into the Reference, WildFly into the naming environment. There other
 * keys are the container's own; in a Reference an attribute that is not known is a typing error.
 *
 * @param resource the name of the resource
 * @param accepted the names of the attributes that there are
 * @param values the attributes that are given
 */
record Attributes(String resource, List<String> accepted, Map<String, String> values) {

    static final String PATH = "path";
    static final String PASSWORD = "password";
    static final String PASSWORD_FILE = "passwordFile";
    static final String ALLOW_EMPTY = "allowEmpty";
    static final String INCLUDE_KEY_ENTRIES = "includeKeyEntries";

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

    /** Takes the attributes from what a container gives to an object factory. */
    static Attributes of(
            List<String> accepted,
            @Nullable Object reference,
            @Nullable Name name,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Attributes attributes = new Attributes(resourceName(reference, name), accepted, new HashMap<>());
        if (environment != null) {
            for (String each : accepted) {
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

    /** WildFly gives no name, but a text as the reference. */
    private static String resourceName(@Nullable Object reference, @Nullable Name name) {
        if (name != null) {
            return name.toString();
        }
        return reference instanceof String text ? text : "without a name";
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    boolean flag(String name) throws NamingException {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw problem(name, "is " + SafeText.quoted(value) + "; expected true or false", null);
        }
        return value.equals("true");
    }

    /** Returns what {@code password} or {@code passwordFile} gives, or that there is none. */
    StorePassword password() throws NamingException {
        String password = values.get(PASSWORD);
        Path file = path(PASSWORD_FILE);
        if (password != null && file != null) {
            throw problem(PASSWORD, "is given beside passwordFile; give one of the two", null);
        }
        try {
            return file == null ? StorePassword.of(PASSWORD, password) : StorePassword.readFrom(PASSWORD_FILE, file);
        } catch (StoreException e) {
            throw problem(PASSWORD_FILE, String.valueOf(e.getMessage()), e);
        }
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
            throw problem(name, "is " + shown(name, value) + ", which is no path on this machine", null);
        }
    }

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

    /** The attribute may hold the password itself instead of the file that has it. */
    private static String shown(String name, String path) {
        return name.equals(PASSWORD_FILE) ? TextOrigin.unshown(path) : SafeText.quoted(path);
    }

    NamingException problem(String attribute, String why, @Nullable Throwable cause) {
        NamingException problem =
                new NamingException("resource " + SafeText.quoted(resource) + ": [" + attribute + "] " + why);
        problem.setRootCause(cause);
        return problem;
    }

    private void putAddress(RefAddr address) throws NamingException {
        String name = address.getType();
        if (accepted.contains(name)) {
            put(name, address.getContent());
        } else if (!CONTAINERS.contains(name)) {
            throw problem(SafeText.text(name), "is not an attribute; expected " + accepted, null);
        }
    }

    private void put(String name, @Nullable Object value) throws NamingException {
        if (value == null) {
            return;
        }
        if (!(value instanceof String text)) {
            throw problem(name, "is no text", null);
        }
        if (Placeholder.isIn(text)) {
            throw problem(name, "holds a placeholder that nothing has replaced (not shown here)", null);
        }
        String other = values.put(name, text);
        if (other != null && !other.equals(text)) {
            throw problem(name, "is given twice, with different values", null);
        }
    }
}
