/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.BadEntryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;

/** The attributes of one entry of a directory, taken apart without guessing. */
final class LdapAttributes {

    private static final String BINARY = ";binary";

    private final Attributes attributes;

    LdapAttributes(Attributes attributes) {
        this.attributes = attributes;
    }

    /**
     * Returns the names under which servers know an attribute of certificates: most demand the option {@code ;binary} (RFC
     * 4523 section 2.1), some know it without, and few take the one for the other.
     */
    static List<String> namesOf(String attribute) {
        String plain = withoutBinary(attribute);
        return List.of(plain, plain + BINARY);
    }

    /** Returns the values of a binary attribute. */
    List<byte[]> bytes(String name) throws NamingException, BadEntryException {
        List<byte[]> bytes = new ArrayList<>();
        for (Object value : values(name)) {
            if (!(value instanceof byte[] binary)) {
                throw new BadEntryException(
                        "[" + name + "] came as text; accepted is an attribute of binary certificates");
            }
            bytes.add(binary);
        }
        return bytes;
    }

    /** Returns the values of an attribute of text. */
    List<String> texts(String name) throws NamingException, BadEntryException {
        List<String> texts = new ArrayList<>();
        for (Object value : values(name)) {
            if (!(value instanceof String text)) {
                throw new BadEntryException("[" + name + "] is binary; accepted is an attribute of text");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<Object> values(String name) throws NamingException, BadEntryException {
        List<Object> values = new ArrayList<>();
        for (Attribute attribute : Collections.list(attributes.getAll())) {
            if (isOf(name, attribute.getID())) {
                requireWhole(name, attribute);
                values.addAll(Collections.list(attribute.getAll()));
            }
        }
        return values;
    }

    /** Active Directory cuts long attributes and says so by an option, as in {@code userCertificate;range=0-1499}. */
    private static void requireWhole(String name, Attribute attribute) throws BadEntryException {
        if (namesOf(name).stream().noneMatch(attribute.getID()::equalsIgnoreCase)) {
            throw new BadEntryException("[" + name + "] came as " + SafeText.quoted(attribute.getID())
                    + ", which may be a part of its values only; accepted is the attribute without other options");
        }
        if (attribute.size() == 0) {
            throw new BadEntryException("[" + name + "] came without values");
        }
    }

    private static boolean isOf(String name, String id) {
        String plain = withoutBinary(name).toLowerCase(Locale.ROOT);
        String other = id.toLowerCase(Locale.ROOT);
        return other.equals(plain) || other.startsWith(plain + ";");
    }

    private static String withoutBinary(String attribute) {
        int end = attribute.length() - BINARY.length();
        boolean binary = end > 0 && attribute.regionMatches(true, end, BINARY, 0, BINARY.length());
        return binary ? attribute.substring(0, end) : attribute;
    }
}
