/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.store.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.TimeLimitExceededException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.PagedResultsControl;
import javax.naming.ldap.PagedResultsResponseControl;
import org.jspecify.annotations.Nullable;

/**
 * Reads all matching entries, page by page, or fails: a server limit, a referral or a lost connection is never mistaken for
 * the end of the list.
 *
 * <p>Not thread-safe.
 */
final class LdapSearch {

    private final LdapContext context;
    private final LdapOptions options;
    private final Deadline deadline;

    /** Receives the entries one by one. */
    @FunctionalInterface
    interface Sink {
        void add(SearchResult entry) throws NamingException;
    }

    /**
     * Creates a search; its time limit starts now.
     *
     * @param ticker a monotonic clock, such as {@code System::nanoTime}
     */
    LdapSearch(LdapContext context, LdapOptions options, LongSupplier ticker) {
        this.context = context;
        this.options = options;
        this.deadline = new Deadline(options.timeout(), ticker);
    }

    /**
     * Reads all matching entries with all their attributes that count.
     *
     * @throws NamingException if the server reports anything but success, or the time is over
     * @throws NoPagesException if pages were requested and the server does not support them
     */
    void readAll(Sink sink) throws NamingException, NoPagesException {
        List<String> attributes = new ArrayList<>(LdapEntry.namesOf(options.certificateAttribute()));
        attributes.addAll(otherAttributes());
        read(attributes, sink);
    }

    /** Reads all matching entries like {@link #readAll}, but without their certificates. */
    void readWithoutCertificates(Sink sink) throws NamingException, NoPagesException {
        read(otherAttributes(), sink);
    }

    private List<String> otherAttributes() {
        return Stream.of(options.labelAttribute(), options.rolesAttribute(), options.changeAttribute())
                .filter(Objects::nonNull)
                .toList();
    }

    private void read(List<String> attributes, Sink sink) throws NamingException, NoPagesException {
        SearchControls controls = controls(attributes);
        byte[] cookie = null;
        do {
            requireTime();
            context.setRequestControls(page(cookie));
            readPage(controls, sink);
            cookie = options.pageSize() == 0 ? null : cookie();
        } while (cookie != null && cookie.length > 0);
    }

    /** Reads a page by {@code hasMore()}: {@code hasMoreElements()} hides failures. */
    @SuppressWarnings("BanJNDI") // requests attributes only, never objects
    private void readPage(SearchControls controls, Sink sink) throws NamingException {
        NamingEnumeration<SearchResult> results =
                context.search(new LdapName(options.base()), options.filter(), controls);
        try {
            while (results.hasMore()) {
                requireTime();
                sink.add(results.next());
            }
        } finally {
            results.close();
        }
    }

    /** Requests no objects: JNDI would create them with code that the directory names. */
    private SearchControls controls(List<String> attributes) {
        int noLimit = 0;
        return new SearchControls(
                SearchControls.SUBTREE_SCOPE,
                noLimit,
                Math.toIntExact(options.timeout().toMillis()),
                attributes.toArray(String[]::new),
                false,
                false);
    }

    private Control @Nullable [] page(byte @Nullable [] cookie) {
        try {
            return options.pageSize() == 0
                    ? null
                    : new Control[] {new PagedResultsControl(options.pageSize(), cookie, Control.CRITICAL)};
        } catch (IOException e) {
            throw new IllegalStateException("a control of a number and bytes can be encoded", e);
        }
    }

    /** Returns the server's cookie for the next page; empty after the last page (RFC 2696 section 3). */
    private byte @Nullable [] cookie() throws NamingException, NoPagesException {
        Control[] controls = context.getResponseControls();
        for (Control control : controls == null ? new Control[0] : controls) {
            if (control instanceof PagedResultsResponseControl page) {
                return page.getCookie();
            }
        }
        throw new NoPagesException();
    }

    private void requireTime() throws TimeLimitExceededException {
        if (deadline.left().isNegative()) {
            throw new TimeLimitExceededException(
                    "not read completely within " + options.timeout().toSeconds() + "s");
        }
    }

    /** Thrown if the server ignores the request for pages: the end of its list would then be unknown. */
    static final class NoPagesException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
