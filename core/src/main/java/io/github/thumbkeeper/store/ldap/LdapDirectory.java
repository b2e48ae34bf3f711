/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.RowEntries;
import io.github.thumbkeeper.store.ldap.LdapSearch.NoPagesException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import org.jspecify.annotations.Nullable;

/**
 * Loads the certificates of an LDAP directory: those of every matching entry, or none. The search never contains data of a
 * request or certificate.
 *
 * <p>Thread-safe.
 */
public final class LdapDirectory {

    static final String EXPECTED = "javax.naming.ldap.LdapContext or javax.naming.directory.InitialDirContext";

    private final String store;
    private final LdapOptions options;
    private final boolean denying;
    private final InstantSource clock;

    /**
     * Creates the loader; nothing is searched yet.
     *
     * @param store the store as the settings name it
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public LdapDirectory(String store, LdapOptions options, boolean denying, InstantSource clock) {
        this.store = store;
        this.options = options;
        this.denying = denying;
        this.clock = clock;
    }

    /**
     * Reads all matching entries.
     *
     * @param bound the context that is bound in JNDI; only its environment is used
     * @param previous the result of the last successful call, or null at the start
     * @return the entries; {@code previous} itself if nothing has changed
     * @throws StoreException if the search fails or any entry is bad
     */
    public Loaded<EntryTable> read(DirContext bound, @Nullable Loaded<EntryTable> previous) throws StoreException {
        RowEntries rows = new RowEntries(store, clock.instant(), denying);
        LdapEnvironment environment = environment(bound);
        try (LdapConnection connection = LdapConnection.open(bound, environment)) {
            LdapSearch search = new LdapSearch(connection.context(), options, System::nanoTime);
            search.readAll(entry -> new LdapEntry(entry, options).addTo(rows));
        } catch (NamingException e) {
            throw LdapFailure.of(store, options, environment, e);
        } catch (NoPagesException e) {
            throw LdapFailure.withoutPages(store);
        }
        return withWarnings(rows.toLoaded(options), environment).unlessSameAs(previous);
    }

    /** Returns the environment of the bound context; refuses contexts and credentials that cannot be used. */
    private LdapEnvironment environment(DirContext bound) throws StoreException {
        if (!LdapConnection.accepts(bound)) {
            throw StoreException.misconfigured(
                    store, "finds a context of [" + bound.getClass().getName() + "] bound; expected " + EXPECTED);
        }
        try {
            LdapEnvironment environment = new LdapEnvironment(bound.getEnvironment(), options);
            String refusal = environment.refusal();
            if (refusal != null) {
                throw StoreException.misconfigured(store, refusal);
            }
            return environment;
        } catch (NamingException e) {
            throw LdapFailure.of(store, options, new LdapEnvironment(Map.of(), options), e);
        }
    }

    /** Adds a warning for an unprotected connection. */
    private Loaded<EntryTable> withWarnings(Loaded<EntryTable> read, LdapEnvironment environment) {
        if (!environment.isUnprotected()) {
            return read;
        }
        List<String> warnings = new ArrayList<>(read.warnings());
        warnings.add(
                "store [" + store + "] is read over a connection that may not be protected by TLS: an attacker on the"
                        + " network could add certificates to it, and read the password; use a URL with ldaps: or"
                        + " ldapStartTls=true");
        return new Loaded<>(read.value(), warnings, read.failures(), read.state());
    }
}
