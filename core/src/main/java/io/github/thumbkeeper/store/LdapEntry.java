/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Printable;
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
        this.name = Printable.quoted(found.getNameInNamespace());
        this.attributes = new LdapAttributes(found.getAttributes());
        this.options = options;
    }

    /** Adds a row for each certificate; an entry without any lists nothing. */
    void addTo(RowEntries rows) throws NamingException {
        Supplier<String> row = () -> "entry " + name;
        try {
            List<byte[]> certificates = attributes.bytes(options.certificateAttribute());
            if (!certificates.isEmpty()) {
                RowOwner owner = new RowOwner(label(), roles(), null, null, false);
                certificates.forEach(certificate -> rows.add(row, null, certificate, owner));
            }
        } catch (BadLineException e) {
            rows.problem(row, e.problem());
        }
    }

    /** Which of two names the owner goes by nobody can tell, and servers give them in any order. */
    private @Nullable String label() throws NamingException, BadLineException {
        List<String> labels = attributes.texts(options.labelAttribute());
        if (labels.size() > 1) {
            throw new BadLineException("has " + labels.size() + " values of [" + options.labelAttribute()
                    + "]; accepted is one, or another ldapLabelAttribute");
        }
        return labels.isEmpty() ? null : labels.get(0);
    }

    /** A name of a group, such as {@code cn=orders,ou=groups}, must not fall apart into two roles. */
    private List<String> roles() throws NamingException, BadLineException {
        String attribute = options.rolesAttribute();
        List<String> roles = attribute == null ? List.of() : attributes.texts(attribute);
        for (String role : roles) {
            if (role.indexOf(',') >= 0) {
                throw new BadLineException("a value of [" + attribute
                        + "] has a comma; accepted is one role for each value, not the name of an entry");
            }
        }
        return roles;
    }
}
