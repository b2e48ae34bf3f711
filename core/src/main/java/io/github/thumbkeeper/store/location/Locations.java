/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CrlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Opens the loader for a location in the settings: a {@code java:} name, a {@code jndi:} name, or a path. There is no fallback
 * from one kind of location to another.
 *
 * <p>Thread-safe.
 */
public final class Locations {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
    private static final String JNDI = "jndi:";
    private static final String EXPECTED = "expected a java: name, a jndi: name or a path";

    private final ContainerResources resources;
    private final StoreOptions options;
    private final InstantSource clock;

    /**
     * Creates the opener.
     *
     * @param resources the naming contexts and folders of the container
     * @param options for reading stores of every kind
     * @param clock used to warn of expired certificates
     */
    public Locations(ContainerResources resources, StoreOptions options, InstantSource clock) {
        this.resources = resources;
        this.options = options;
        this.clock = clock;
    }

    /** Creates the loader of a path. */
    @FunctionalInterface
    private interface PathLoaders<V> {
        Loader<V> at(String shown, Path path);
    }

    /**
     * Returns a loader for the entries at a location; nothing is read yet.
     *
     * @throws StoreException if it is not a location
     */
    public Loader<EntryTable> open(String location) throws StoreException {
        PathLoaders<EntryTable> paths = (shown, path) -> PathLoader.ofEntries(shown, path, options, clock);
        Optional<JndiName> name = jndiName(location);
        return name.isEmpty()
                ? paths.at(location, path(location, EXPECTED))
                : JndiLoader.ofEntries(name.get(), text -> bound(location, text, paths), options, clock);
    }

    /**
     * Returns a loader for the certificates themselves at a location; nothing is read yet.
     *
     * @throws StoreException if it is not a location
     */
    public Loader<List<NamedCertificate>> certificates(String location) throws StoreException {
        PathLoaders<List<NamedCertificate>> paths =
                (shown, path) -> PathLoader.ofCertificates(shown, path, options.keyStore());
        Optional<JndiName> name = jndiName(location);
        return name.isEmpty()
                ? paths.at(location, path(location, EXPECTED))
                : JndiLoader.ofCertificates(name.get(), text -> bound(location, text, paths));
    }

    /**
     * Returns a function that creates a loader for the CRLs at a path, given their filter.
     *
     * @throws StoreException if it is not a path
     */
    public <A extends CrlFilter<T>, T> Function<A, Loader<List<T>>> revocationLists(String location)
            throws StoreException {
        Path path = path(location, "expected a path");
        return filter -> new CrlFiles<>(location, path, filter);
    }

    private Optional<JndiName> jndiName(String location) {
        if (location.startsWith("java:")) {
            return Optional.of(new JndiName(location, location, resources::lookup));
        }
        return location.startsWith(JNDI)
                ? Optional.of(new JndiName(location, location.substring(JNDI.length()), resources::lookupGlobal))
                : Optional.empty();
    }

    /** Opens a text that is bound in JNDI. It may be a password, so only an existing path is shown in messages. */
    private <V> Loader<V> bound(String location, String text, PathLoaders<V> paths) throws StoreException {
        Path path = path(text, EXPECTED);
        return paths.at(Files.exists(path) ? text : "the path bound to " + location, path);
    }

    private Path path(String location, String expected) throws StoreException {
        if (SCHEME.matcher(location).matches()) {
            throw StoreException.misconfigured(location, "is not a supported kind of location; " + expected);
        }
        return resources.file(location);
    }
}
