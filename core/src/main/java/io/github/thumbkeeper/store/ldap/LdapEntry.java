/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryData;
import io.github.thumbkeeper.store.entry.RowEntries;
import java.util.List;
import java.util.function.Supplier;
import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import org.jspecify.annotations.Nullable;

/** One entry of a directory that matched the filter. */
final class LdapEntry {

    private final String name;
    private final LdapAttributes attributes;
    private final LdapOptions options;

    LdapEntry(SearchResult found, LdapOptions options) {
        this.name = SafeText.quoted(found.getNameInNamespace());
        this.attributes = new LdapAttributes(found.getAttributes());
        this.options = options;
    }

    /** Adds a row for each certificate; an entry without any lists nothing. */
    void addTo(RowEntries rows) throws NamingException {
        Supplier<String> row = () -> "entry " + name;
        try {
            List<byte[]> certificates = attributes.bytes(options.certificateAttribute());
            if (!certificates.isEmpty()) {
                EntryData owner = new EntryData(label(), roles(), null, null, false);
                certificates.forEach(certificate -> rows.add(row, null, certificate, owner));
            }
        } catch (BadEntryException e) {
            rows.problem(row, e.problem());
        }
    }

    /** Which of two names the owner goes by nobody can tell, and servers give them in any order. */
    private @Nullable String label() throws NamingException, BadEntryException {
        List<String> labels = attributes.texts(options.labelAttribute());
        if (labels.size() > 1) {
            throw new BadEntryException("has " + labels.size() + " values of [" + options.labelAttribute()
                    + "]; accepted is one, or another ldapLabelAttribute");
        }
        return labels.isEmpty() ? null : labels.get(0);
    }

    /** A name of a group, such as {@code cn=orders,ou=groups}, must not fall apart into two roles. */
    private List<String> roles() throws NamingException, BadEntryException {
        String attribute = options.rolesAttribute();
        List<String> roles = attribute == null ? List.of() : attributes.texts(attribute);
        for (String role : roles) {
            if (role.indexOf(',') >= 0) {
                throw new BadEntryException("a value of [" + attribute
                        + "] has a comma; accepted is one role for each value, not the name of an entry");
            }
        }
        return roles;
    }
}
