/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
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
import javax.naming.directory.DirContext;
import org.jspecify.annotations.Nullable;

/**
 * What is bound to a JNDI name: a key store, one or more X.509 certificates, a database, a directory, or the location of
 * another store.
 *
 * <p>Only types of the JDK are understood, so that the object may come from another class loader. It is looked up at
 * each load, nothing of it is kept but digests.
 */
public final class JndiStore implements Loader<EntryTable> {

    private final JndiName name;
    private final LocationOpener opener;
    private final StoreOptions options;
    private final InstantSource clock;
    private @Nullable Nested nested;
    private @Nullable SqlStore database;

    /** Looks a name up in the container's naming context. */
    @FunctionalInterface
    public interface Lookup {
        /**
         * Returns what is bound to the name.
         *
         * @throws NamingException if nothing is
         */
        @Nullable
        Object lookup(String name) throws NamingException;
    }

    /** The store that a bound text names, and what it gave last. */
    private record Nested(String text, Loader<EntryTable> store, Loaded<EntryTable> contents) {
        Nested with(Loaded<EntryTable> now) {
            return new Nested(text, store, now);
        }
    }

    /**
     * Names a JNDI resource; nothing is looked up yet.
     *
     * @param location the store as the settings name it
     * @param name the full name to look up
     * @param lookup where to look it up
     * @param opener opens the location that a bound text or URL gives
     * @param options how a bound key store is read
     * @param clock tells which certificates to warn of as expired
     */
    public JndiStore(
            String location,
            String name,
            Lookup lookup,
            LocationOpener opener,
            StoreOptions options,
            InstantSource clock) {
        this.name = new JndiName(location, name, lookup);
        this.opener = opener;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public String location() {
        return name.location();
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        return name.guard(() -> {
            Object bound = name.lookUp();
            String text = BoundText.of(location(), bound);
            return text == null ? loadObject(bound, previous) : loadNested(text, previous);
        });
    }

    private Loaded<EntryTable> loadObject(Object bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
        nested = null;
        boolean certificates = BoundObject.mayBe(bound);
        if (!certificates && bound instanceof DirContext directory) {
            return new LdapDirectory(location(), options.ldap(), options.denying(), clock).read(directory, previous);
        }
        return !certificates && BoundDatabase.is(location(), bound)
                ? loadDatabase(bound, previous)
                : loadCertificates(bound, previous);
    }

    private Loaded<EntryTable> loadDatabase(Object bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
        SqlStore store =
                database == null ? new SqlStore(location(), options.sql(), options.denying(), clock) : database;
        database = store;
        return store.load(bound, previous);
    }

    private Loaded<EntryTable> loadCertificates(Object bound, @Nullable Loaded<EntryTable> previous)
            throws StoreException {
        BoundObject read = BoundObject.of(location(), bound, options.keyStore().includeKeyEntries());
        CertificateEntries.Collector collector =
                new CertificateEntries.Collector(location(), clock.instant(), options.denying());
        for (NamedCertificate certificate : read.certificates()) {
            collector.add(certificate);
        }
        CertificateEntries entries = collector.build(read.warnings());
        return previous != null && previous.state().equals(entries)
                ? previous
                : new Loaded<>(entries.entries(), entries.warnings(), List.of(), entries);
    }

    private Loaded<EntryTable> loadNested(String text, @Nullable Loaded<EntryTable> previous) throws StoreException {
        Nested last = nested;
        if (last != null && last.text().equals(text)) {
            // What another store gave before means nothing to this one.
            Loaded<EntryTable> own = isSame(last.contents(), previous) ? previous : null;
            nested = last.with(last.store().load(own));
        } else {
            Loader<EntryTable> store = open(text);
            nested = new Nested(text, store, store.load(null));
        }
        return nested.contents();
    }

    @SuppressWarnings("ReferenceEquality") // contents are known by the object
    private static boolean isSame(Loaded<EntryTable> one, @Nullable Loaded<EntryTable> other) {
        return one == other;
    }

    private Loader<EntryTable> open(String text) throws StoreException {
        try {
            return opener.open(text);
        } catch (StoreException e) {
            throw StoreException.misconfigured(location(), "names a location that cannot be used: it " + e.why());
        }
    }
}
