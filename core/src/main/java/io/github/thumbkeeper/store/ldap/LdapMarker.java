/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.SafeText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.SearchResult;
import org.jspecify.annotations.Nullable;

/**
 * State of all matching entries without their certificates: two equal markers mean that no entry was added, changed or removed.
 *
 * <p>It covers the name of each entry, its {@code ldapChangeAttribute}, label and roles. An entry that was deleted, renamed, moved
 * out of the base, hidden from the account or no longer matches the filter is missing from it, so no statement of the server about
 * deletions is needed. Markers are compared for equality and never for order: a server whose data are replaced by older ones, and
 * another server with a counter of its own, give another marker.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface LdapMarker {

    /** The marker without a {@code ldapChangeAttribute}. */
    LdapMarker NONE = new None();

    /** No attribute was requested. */
    record None() implements LdapMarker {}

    /** Compares equal to the marker of the same state. */
    record Complete(String digest) implements LdapMarker {}

    /**
     * Compares equal to itself, but says nothing about changes: an entry does not have exactly one value of the attribute.
     *
     * @param entry the name of such an entry
     */
    record Unusable(String entry) implements LdapMarker {}

    /** Computes a marker from the entries in the order in which the server returns them. Not thread-safe. */
    final class Builder {

        private final LdapOptions options;
        private final String changes;
        private final MessageDigest digest = sha256();
        private @Nullable String entryWithout;

        Builder(LdapOptions options, String changeAttribute) {
            this.options = options;
            this.changes = changeAttribute;
        }

        /** Adds an entry; its certificates are ignored. */
        void add(SearchResult entry) throws NamingException {
            String name = entry.getNameInNamespace();
            update(List.of(name.getBytes(StandardCharsets.UTF_8)));
            boolean found = false;
            for (Attribute attribute : sorted(entry)) {
                found |= LdapEntry.isOf(changes, attribute.getID()) && attribute.size() == 1;
                if (!LdapEntry.isOf(options.certificateAttribute(), attribute.getID())) {
                    update(attribute);
                }
            }
            if (!found && entryWithout == null) {
                entryWithout = SafeText.quoted(name);
            }
        }

        /** Returns the marker; called once. */
        LdapMarker build() {
            return entryWithout == null
                    ? new Complete(HexFormat.of().formatHex(digest.digest()))
                    : new Unusable(entryWithout);
        }

        /** Sorts what a server may return in any order (RFC 4511 sections 4.1.7 and 4.5.2). */
        private static List<Attribute> sorted(SearchResult entry) {
            List<Attribute> attributes =
                    new ArrayList<>(Collections.list(entry.getAttributes().getAll()));
            attributes.sort(Comparator.comparing(Builder::name));
            return attributes;
        }

        private static String name(Attribute attribute) {
            return attribute.getID().toLowerCase(Locale.ROOT);
        }

        private void update(Attribute attribute) throws NamingException {
            List<byte[]> values = new ArrayList<>();
            for (Object value : Collections.list(attribute.getAll())) {
                values.add(value instanceof byte[] binary ? binary : bytes(value.toString()));
            }
            values.sort(Arrays::compare);
            values.add(0, bytes(name(attribute)));
            update(values);
        }

        /** Adds texts with their number and lengths, so that no other texts give the same bytes. */
        private void update(List<byte[]> texts) {
            digest.update(number(texts.size()));
            for (byte[] text : texts) {
                digest.update(number(text.length));
                digest.update(text);
            }
        }

        private static byte[] number(int number) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
