/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.RowEntries;
import io.github.thumbkeeper.store.ldap.LdapSearch.NoPagesException;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import org.jspecify.annotations.Nullable;

/**
 * Loads the certificates of an LDAP directory: those of every matching entry, or none. The search never contains data of a
 * request or certificate.
 *
 * <p>With a {@code ldapChangeAttribute}, a read begins with a search for all entries without their certificates. If its
 * {@link LdapMarker} is that of the last complete read, nothing has changed. Otherwise, and at every hundredth read, the
 * certificates are read too, and the marker is computed from the same answers.
 *
 * <p>A marker counts only if a complete read that began {@link #SETTLE_NANOS} after its first sight confirms it: an attribute such
 * as {@code modifyTimestamp} has whole seconds, so that a second change within the same second leaves it as it is. Git calls such
 * a file racily clean.
 *
 * <p>Not thread-safe.
 */
public final class LdapDirectory {

    static final String EXPECTED = "javax.naming.ldap.LdapContext or javax.naming.directory.InitialDirContext";

    /** Longer than the second that is the unit of {@code modifyTimestamp}. */
    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Reads all certificates at least this often, in case the attribute misses a change. */
    private static final int MAX_CHECKS_WITHOUT_READ = 100;

    private final String store;
    private final LdapOptions options;
    private final boolean denying;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private @Nullable Known known;
    private boolean misleading;

    /**
     * The last complete read.
     *
     * @param since when a read with this marker first ended, on the ticker
     * @param settled whether a later read has confirmed the marker
     * @param checks how many reads have relied on the marker since
     */
    private record Known(
            WeakReference<DirContext> bound,
            LdapMarker marker,
            Loaded<EntryTable> contents,
            long since,
            boolean settled,
            int checks) {

        @SuppressWarnings("ReferenceEquality") // results are recognised by their identity
        boolean isOf(DirContext context, @Nullable Loaded<EntryTable> previous) {
            return contents == previous && bound.refersTo(context);
        }

        /** Returns whether an equal marker means that nothing has changed. */
        boolean isUsable() {
            return settled && marker instanceof LdapMarker.Complete;
        }

        Known checkedAgain() {
            return new Known(bound, marker, contents, since, settled, checks + 1);
        }
    }

    /**
     * Creates the loader; nothing is searched yet.
     *
     * @param store the store as the settings name it
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public LdapDirectory(String store, LdapOptions options, boolean denying, InstantSource clock) {
        this(store, options, denying, clock, System::nanoTime);
    }

    /** Creates the loader with a monotonic clock of its own. */
    LdapDirectory(String store, LdapOptions options, boolean denying, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.options = options;
        this.denying = denying;
        this.clock = clock;
        this.ticker = ticker;
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
        Known last = known;
        known = null; // after a failure, everything is read
        LdapEnvironment environment = environment(bound);
        try (LdapConnection connection = LdapConnection.open(bound, environment)) {
            // One for all that follows, because its time limit has begun.
            LdapSearch search = new LdapSearch(connection.context(), options, System::nanoTime);
            Known now = last != null && last.isOf(bound, previous) && isUnchanged(last, search)
                    ? last.checkedAgain()
                    : readAll(bound, search, environment, previous, last);
            known = now;
            return now.contents;
        } catch (NamingException e) {
            throw LdapFailure.of(store, options, environment, e);
        } catch (NoPagesException e) {
            throw LdapFailure.withoutPages(store);
        }
    }

    private boolean isUnchanged(Known last, LdapSearch search) throws NamingException, NoPagesException {
        String attribute = options.changeAttribute();
        if (attribute == null || misleading || !last.isUsable() || last.checks + 1 >= MAX_CHECKS_WITHOUT_READ) {
            return false;
        }
        LdapMarker.Builder marker = new LdapMarker.Builder(options, attribute);
        search.readWithoutCertificates(marker::add);
        return last.marker.equals(marker.build());
    }

    private Known readAll(
            DirContext bound,
            LdapSearch search,
            LdapEnvironment environment,
            @Nullable Loaded<EntryTable> previous,
            @Nullable Known last)
            throws NamingException, NoPagesException, StoreException {
        long begin = ticker.getAsLong();
        RowEntries rows = new RowEntries(store, clock.instant(), denying);
        LdapMarker marker = readAll(search, rows);
        Loaded<EntryTable> read = rows.toLoaded(options);
        Known equal = last != null && last.isOf(bound, previous) && last.marker.equals(marker) ? last : null;
        misleading |=
                equal != null && equal.isUsable() && !equal.contents.value().equals(read.value());
        return new Known(
                new WeakReference<>(bound),
                marker,
                withWarnings(read, environment, marker).unlessSameAs(previous),
                equal == null ? ticker.getAsLong() : equal.since,
                equal != null && begin - equal.since >= SETTLE_NANOS,
                0);
    }

    private LdapMarker readAll(LdapSearch search, RowEntries rows) throws NamingException, NoPagesException {
        String attribute = options.changeAttribute();
        if (attribute == null) {
            search.readAll(entry -> new LdapEntry(entry, options).addTo(rows));
            return LdapMarker.NONE;
        }
        LdapMarker.Builder marker = new LdapMarker.Builder(options, attribute);
        search.readAll(entry -> {
            marker.add(entry);
            new LdapEntry(entry, options).addTo(rows);
        });
        return marker.build();
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

    private Loaded<EntryTable> withWarnings(Loaded<EntryTable> read, LdapEnvironment environment, LdapMarker marker) {
        List<String> warnings = new ArrayList<>(read.warnings());
        if (environment.isUnprotected()) {
            warnings.add("store [" + store
                    + "] is read over a connection that may not be protected by TLS: an attacker on the"
                    + " network could add certificates to it, and read the password; use a URL with ldaps: or"
                    + " ldapStartTls=true");
        }
        if (marker instanceof LdapMarker.Unusable unusable) {
            warnings.add("does not have exactly one value of [" + options.changeAttribute()
                    + "] (ldapChangeAttribute) in entry " + unusable.entry()
                    + ", so all certificates are read at each check; expected an attribute that the server keeps in"
                    + " every entry and the account may read");
        }
        if (misleading) {
            warnings.add("has changed without a change of [" + options.changeAttribute()
                    + "] (ldapChangeAttribute), so from now on all certificates are read at each check; expected an"
                    + " attribute that the server changes with each change of an entry");
        }
        return new Loaded<>(read.value(), warnings, read.failures(), read.state());
    }
}
