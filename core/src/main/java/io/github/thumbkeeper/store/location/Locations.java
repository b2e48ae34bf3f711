/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CrlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the store that a location names. There is no fall-back from one kind of location to another. */
public final class Locations implements LocationOpener {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final String EXPECTED = "expected a java: name, a jndi: name or a path";

    private final ContainerResources resources;
    private final StoreOptions options;
    private final InstantSource clock;

    /**
     * Makes the finder.
     *
     * @param resources what the container lends to find files and JNDI names
     * @param options how key stores are read
     * @param clock tells which certificates have expired
     */
    public Locations(ContainerResources resources, StoreOptions options, InstantSource clock) {
        this.resources = resources;
        this.options = options;
        this.clock = clock;
    }

    /** Returns the store of a JNDI name or a path; the content of a bound text can only be a path. */
    @Override
    public Loader<EntryTable> open(String location) throws StoreException {
        JndiName name = jndiName(location);
        return name == null
                ? openPath(location)
                : new JndiStore(
                        location, name.name(), name.lookup(), text -> openBound(location, text), options, clock);
    }

    private @Nullable JndiName jndiName(String location) {
        if (location.startsWith("java:")) {
            return new JndiName(location, location, resources::lookup);
        }
        return location.startsWith("jndi:")
                ? new JndiName(location, location.substring("jndi:".length()), resources::lookupGlobal)
                : null;
    }

    private Loader<EntryTable> openBound(String location, String text) throws StoreException {
        Path path = boundPath(location, text);
        return new PathLoader(shown(location, text, path), path, options, clock);
    }

    private Path boundPath(String location, String text) throws StoreException {
        try {
            return path(text, EXPECTED);
        } catch (StoreException e) {
            throw StoreException.misconfigured(
                    location, "is bound to " + TextOrigin.unshown(text) + " that " + e.why());
        }
    }

    /** A text that is bound in JNDI may be a password, so that only the path of something that exists is shown. */
    private static String shown(String location, String text, Path path) {
        return Files.exists(path) ? text : "the path bound to " + location;
    }

    private Loader<EntryTable> openPath(String location) throws StoreException {
        return new PathLoader(location, path(location, EXPECTED), options, clock);
    }

    /**
     * Returns the certificates themselves of a JNDI name or a path.
     *
     * @throws StoreException if the location is none; the message says what is accepted
     */
    public Loader<List<NamedCertificate>> certificates(String location) throws StoreException {
        JndiName name = jndiName(location);
        return name == null ? trustedPath(location) : new TrustedObject(name, text -> trustedBound(location, text));
    }

    /**
     * Returns the certificate revocation lists of a path, given what is made of them and what speaks against them.
     *
     * @throws StoreException if the location is no path
     */
    public <A extends CrlFilter<T>, T> Function<A, Loader<List<T>>> revocationLists(String location)
            throws StoreException {
        Path path = path(location, "expected a path");
        return acceptance -> new CrlFiles<>(location, path, acceptance);
    }

    private Loader<List<NamedCertificate>> trustedBound(String location, String text) throws StoreException {
        Path path = boundPath(location, text);
        return new TrustedFiles(shown(location, text, path), path, options);
    }

    private Loader<List<NamedCertificate>> trustedPath(String location) throws StoreException {
        return new TrustedFiles(location, path(location, EXPECTED), options);
    }

    private Path path(String location, String accepted) throws StoreException {
        if (SCHEME.matcher(location).matches()) {
            throw StoreException.misconfigured(location, "is not a kind of location that is looked up; " + accepted);
        }
        return resources.file(location);
    }
}
