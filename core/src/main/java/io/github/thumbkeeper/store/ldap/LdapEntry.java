/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryData;
import io.github.thumbkeeper.store.entry.RowEntries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.SearchResult;
import org.jspecify.annotations.Nullable;

/** A directory entry that matched the filter. An attribute that may be incomplete or ambiguous is refused, never guessed. */
final class LdapEntry {

    private static final String BINARY = ";binary";

    private final String name;
    private final Attributes attributes;
    private final LdapOptions options;

    LdapEntry(SearchResult found, LdapOptions options) {
        this.name = SafeText.quoted(found.getNameInNamespace());
        this.attributes = found.getAttributes();
        this.options = options;
    }

    /**
     * Returns the names under which servers return a certificate attribute: most demand the option {@code ;binary} (RFC 4523
     * section 2.1), some omit it, and only a few treat the two as the same.
     */
    static List<String> namesOf(String certificateAttribute) {
        String plain = withoutBinary(certificateAttribute);
        return List.of(plain, plain + BINARY);
    }

    /** Adds a row for each certificate; an entry without certificates adds none. */
    void addTo(RowEntries rows) throws NamingException {
        Supplier<String> row = () -> "entry " + name;
        try {
            List<byte[]> certificates = certificates();
            if (!certificates.isEmpty()) {
                EntryData data = new EntryData(label(), roles(), null, null, false);
                certificates.forEach(certificate -> rows.add(row, null, certificate, data));
            }
        } catch (BadEntryException e) {
            rows.problem(row, e.problem());
        }
    }

    private List<byte[]> certificates() throws NamingException, BadEntryException {
        String attribute = options.certificateAttribute();
        List<byte[]> certificates = new ArrayList<>();
        for (Object value : values(attribute)) {
            if (!(value instanceof byte[] binary)) {
                throw new BadEntryException(
                        "[" + attribute + "] came as text; expected an attribute of binary certificates");
            }
            certificates.add(binary);
        }
        return certificates;
    }

    /** Refuses several values: servers return them in any order, so that the label could change without reason. */
    private @Nullable String label() throws NamingException, BadEntryException {
        List<String> labels = texts(options.labelAttribute());
        if (labels.size() > 1) {
            throw new BadEntryException("has " + labels.size() + " values of [" + options.labelAttribute()
                    + "]; expected one, or another ldapLabelAttribute");
        }
        return labels.isEmpty() ? null : labels.get(0);
    }

    /** Refuses commas: the name of a group, such as {@code cn=orders,ou=groups}, would become two roles. */
    private List<String> roles() throws NamingException, BadEntryException {
        String attribute = options.rolesAttribute();
        List<String> roles = attribute == null ? List.of() : texts(attribute);
        for (String role : roles) {
            if (role.indexOf(',') >= 0) {
                throw new BadEntryException("a value of [" + attribute
                        + "] has a comma; expected one role per value, not the name of an entry");
            }
        }
        return roles;
    }

    private List<String> texts(String attribute) throws NamingException, BadEntryException {
        List<String> texts = new ArrayList<>();
        for (Object value : values(attribute)) {
            if (!(value instanceof String text)) {
                throw new BadEntryException("[" + attribute + "] is binary; expected an attribute of text");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<Object> values(String attribute) throws NamingException, BadEntryException {
        List<Object> values = new ArrayList<>();
        for (Attribute each : Collections.list(attributes.getAll())) {
            if (isOf(attribute, each.getID())) {
                requireWhole(attribute, each);
                values.addAll(Collections.list(each.getAll()));
            }
        }
        return values;
    }

    /** Active Directory truncates long attributes and marks them by an option, as in {@code userCertificate;range=0-1499}. */
    private static void requireWhole(String attribute, Attribute found) throws BadEntryException {
        if (namesOf(attribute).stream().noneMatch(found.getID()::equalsIgnoreCase)) {
            throw new BadEntryException("[" + attribute + "] came as " + SafeText.quoted(found.getID())
                    + ", which may be a part of its values only; expected the attribute without other options");
        }
        if (found.size() == 0) {
            throw new BadEntryException("[" + attribute + "] came without values");
        }
    }

    /** Returns whether a returned name is that of an attribute, with or without options. */
    static boolean isOf(String attribute, String id) {
        String plain = withoutBinary(attribute).toLowerCase(Locale.ROOT);
        String other = id.toLowerCase(Locale.ROOT);
        return other.equals(plain) || other.startsWith(plain + ";");
    }

    private static String withoutBinary(String attribute) {
        int end = attribute.length() - BINARY.length();
        boolean binary = end > 0 && attribute.regionMatches(true, end, BINARY, 0, BINARY.length());
        return binary ? attribute.substring(0, end) : attribute;
    }
}
