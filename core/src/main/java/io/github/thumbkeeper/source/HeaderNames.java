/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of header fields that only a trusted proxy may send. Names that differ only in case or in {@code -}, {@code _} and {@code
 * .} are equal here, because some servers and applications confuse them (CVE-2026-88011).
 *
 * <p>Immutable and thread-safe.
 */
public final class HeaderNames {

    /** No names at all. */
    public static final HeaderNames NONE = new HeaderNames(List.of());

    private final List<String> names;

    private HeaderNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Creates a set of these names, without nulls. */
    public static HeaderNames of(@Nullable String... names) {
        List<String> given = new ArrayList<>();
        for (String name : names) {
            if (name != null) {
                given.add(name);
            }
        }
        return new HeaderNames(given);
    }

    /** Returns whether the set is empty. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Returns whether the name is one of these, in any spelling. */
    public boolean covers(String name) {
        return spelled(name) != null;
    }

    /** Returns whether a request has any of these fields, in any spelling. */
    public boolean areSentIn(Exchange exchange) {
        return exchange.headerNames().stream().anyMatch(this::covers);
    }

    /**
     * Returns whether a request tries to have one of these fields confused or dropped on its way: by another spelling, or by
     * naming it in Connection (CVE-2024-45410, CVE-2022-31813).
     */
    public boolean areEvadedIn(Exchange exchange) {
        return exchange.headerNames().stream().anyMatch(this::isAlias)
                || exchange.headers("Connection").stream()
                        .flatMap(value -> List.of(value.split(",", -1)).stream())
                        .anyMatch(name -> covers(name.strip()));
    }

    private boolean isAlias(String name) {
        String own = spelled(name);
        return own != null && !own.equalsIgnoreCase(name);
    }

    private @Nullable String spelled(String name) {
        for (String own : names) {
            if (isSame(own, name)) {
                return own;
            }
        }
        return null;
    }

    private static boolean isSame(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (folded(one.charAt(i)) != folded(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        if (c == '_' || c == '.') {
            return '-';
        }
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
