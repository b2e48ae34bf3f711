/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.ldap.LdapDirectory;
import io.github.thumbkeeper.store.sql.SqlStore;
import java.time.InstantSource;
import java.util.List;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the object that is bound to a JNDI name: a key store, one or more X.509 certificates, a database, an LDAP directory, or
 * the path of a store.
 *
 * <p>Only types of the JDK are supported, so that the object may come from another class loader. The name is looked up at each
 * load, and the object is not kept.
 *
 * <p>Not thread-safe.
 *
 * @param <V> what is loaded: the entries of a store, or the certificates themselves
 */
final class JndiLoader<V> implements Loader<V> {

    private final JndiName name;
    private final ObjectReader<V> objects;
    private final PathOpener<V> paths;
    private @Nullable Nested<V> nested;
    private @Nullable Versioned<V> versioned;

    /** Looks up a name in a naming context. */
    @FunctionalInterface
    interface Lookup {
        /**
         * Returns the object that is bound to a name.
         *
         * @throws NamingException if no object is bound to it
         */
        @Nullable
        Object lookup(String name) throws NamingException;
    }

    /** Opens the path in a bound text. */
    @FunctionalInterface
    interface PathOpener<V> {
        /**
         * Returns a loader for a path, not read yet.
         *
         * @throws StoreException if the text is not a path
         */
        Loader<V> open(String path) throws StoreException;
    }

    /** Reads a bound object that is not a path. */
    @FunctionalInterface
    interface ObjectReader<V> {
        Loaded<V> read(BoundObject bound, @Nullable Loaded<V> previous) throws StoreException;
    }

    /** The loader of the path in a bound text, and its last result. */
    private record Nested<V>(
            String text,
            Loader<V> loader,
            @Nullable Loaded<V> accepted,
            @Nullable Loaded<V> last) {}

    /** The result of reading a key store while it had this version. */
    private record Versioned<V>(Object version, Loaded<V> loaded) {
        /** Returns whether an earlier result still holds; both are recognised by their identity. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Object now, @Nullable Loaded<V> previous) {
            return version == now && loaded == previous;
        }
    }

    private JndiLoader(JndiName name, ObjectReader<V> objects, PathOpener<V> paths) {
        this.name = name;
        this.objects = objects;
        this.paths = paths;
    }

    /** Returns a loader for the entries of a resource; nothing is looked up yet. */
    static JndiLoader<EntryTable> ofEntries(
            JndiName name, PathOpener<EntryTable> paths, StoreOptions options, InstantSource clock) {
        return new JndiLoader<>(name, new EntryReader(name.location(), options, clock), paths);
    }

    /** Returns a loader for the certificates themselves of a resource, which must be a key store, certificates or a path. */
    static JndiLoader<List<NamedCertificate>> ofCertificates(JndiName name, PathOpener<List<NamedCertificate>> paths) {
        return new JndiLoader<>(
                name, (bound, previous) -> bound.copy(name.location(), false).unlessSameAs(previous), paths);
    }

    @Override
    public String location() {
        return name.location();
    }

    @Override
    public Loaded<V> load(@Nullable Loaded<V> previous) throws StoreException {
        return name.guard(() -> {
            BoundObject bound = BoundObject.of(location(), name.lookUp());
            if (bound instanceof BoundObject.PathText path) {
                return loadPath(path.text(), previous);
            }
            nested = null;
            return bound instanceof BoundObject.Keys keys ? loadKeys(keys, previous) : objects.read(bound, previous);
        });
    }

    /** Loads a key store, unless it has a version and that is the one of the previous result. */
    @SuppressWarnings("ReferenceEquality") // a version is recognised by its identity
    private Loaded<V> loadKeys(BoundObject.Keys keys, @Nullable Loaded<V> previous) throws StoreException {
        Object before = keys.version(location()).orElse(null);
        Versioned<V> last = versioned;
        if (before != null && previous != null && last != null && last.isOf(before, previous)) {
            return previous;
        }
        Loaded<V> loaded = objects.read(keys, previous);
        // Another thread may have made the key store read its files meanwhile.
        boolean same = before != null && keys.version(location()).orElse(null) == before;
        versioned = before != null && same ? new Versioned<>(before, loaded) : null;
        return loaded;
    }

    /** Loads the path in a text; the result of another path or object is not passed on as its previous one. */
    @SuppressWarnings("ReferenceEquality") // results are recognised by their identity
    private Loaded<V> loadPath(String text, @Nullable Loaded<V> previous) throws StoreException {
        Nested<V> before = nested;
        boolean same = before != null && before.text().equals(text);
        Nested<V> now = before != null && same ? before : new Nested<>(text, open(text), null, null);
        // The last result may have been refused, and the one before it is in force.
        Loaded<V> passed = previous == now.last() || previous == now.accepted() ? previous : null;
        Loaded<V> loaded = now.loader().load(passed);
        nested = new Nested<>(text, now.loader(), passed, loaded);
        return loaded;
    }

    private Loader<V> open(String text) throws StoreException {
        try {
            return paths.open(text);
        } catch (StoreException e) {
            throw StoreException.misconfigured(
                    location(), "is bound to " + TextOrigin.unshown(text) + " that " + e.why());
        }
    }

    /** Reads the entries of bound objects of all kinds. */
    private static final class EntryReader implements ObjectReader<EntryTable> {

        private final String location;
        private final StoreOptions options;
        private final InstantSource clock;
        private @Nullable SqlStore database;
        private @Nullable LdapDirectory directory;

        EntryReader(String location, StoreOptions options, InstantSource clock) {
            this.location = location;
            this.options = options;
            this.clock = clock;
        }

        @Override
        public Loaded<EntryTable> read(BoundObject bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
            if (bound instanceof BoundObject.Directory directory) {
                return directory().read(directory.context(), previous);
            }
            return bound instanceof BoundObject.Database source
                    ? database().load(source.source(), previous)
                    : entries(bound.copy(location, options.keyStore().includeKeyEntries()))
                            .unlessSameAs(previous);
        }

        /** Returns the same store each time: it remembers what the database reports about changes. */
        private SqlStore database() {
            SqlStore store =
                    database == null ? new SqlStore(location, options.sql(), options.denying(), clock) : database;
            database = store;
            return store;
        }

        /** Returns the same directory each time: it remembers the state that it last read. */
        private LdapDirectory directory() {
            LdapDirectory same = directory == null
                    ? new LdapDirectory(location, options.ldap(), options.denying(), clock)
                    : directory;
            directory = same;
            return same;
        }

        private Loaded<EntryTable> entries(Loaded<List<NamedCertificate>> copy) throws StoreException {
            CertificateEntries.Collector collector =
                    new CertificateEntries.Collector(location, clock.instant(), options.denying());
            for (NamedCertificate certificate : copy.value()) {
                collector.add(certificate);
            }
            CertificateEntries entries = collector.build(copy.warnings());
            return new Loaded<>(entries.entries(), entries.warnings(), List.of(), copy.state());
        }
    }
}
