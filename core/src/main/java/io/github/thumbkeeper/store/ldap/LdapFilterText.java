/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.BadEntryException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the syntax of a search filter (RFC 4515 section 3), which JNDI checks only in part. */
public final class LdapFilterText {

    private static final int MAX_DEPTH = 50;

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(;[A-Za-z0-9-]+)*");

    /** The left side of {@code :=}: an attribute, a matching rule, or both. */
    private static final Pattern RULE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9.;-]*(:dn)?(:[A-Za-z0-9.-]+)?|(:dn)?:[A-Za-z0-9.-]+)");

    private final String text;
    private int at;

    private LdapFilterText(String text) {
        this.text = text;
    }

    /** Returns the problem of a filter, or null if it is valid. */
    public static @Nullable String problem(String filter) {
        LdapFilterText text = new LdapFilterText(filter);
        try {
            text.filter(0);
            text.require(text.at == filter.length(), "is more than one filter");
            return null;
        } catch (BadEntryException e) {
            return e.problem() + " at index " + text.at;
        }
    }

    /** Parses {@code filter = "(" filtercomp ")"}; recursive, so its depth is limited. */
    private void filter(int depth) throws BadEntryException {
        require(depth <= MAX_DEPTH, "is nested more than " + MAX_DEPTH + " deep");
        take('(');
        if (is('&') || is('|')) {
            at++;
            list(depth);
        } else if (is('!')) {
            at++;
            filter(depth + 1);
        } else {
            item();
        }
        take(')');
    }

    private void list(int depth) throws BadEntryException {
        do {
            filter(depth + 1);
        } while (is('('));
    }

    /** Parses an item, such as {@code uid=alice}, whose value must escape special characters. */
    private void item() throws BadEntryException {
        int equals = text.indexOf('=', at);
        require(equals > at, "lacks an attribute and [=]");
        requireLeft(text.substring(at, equals));
        for (at = equals + 1; at < text.length() && !is(')'); at++) {
            require(!is('(') && !is('\0'), "has a character that a value must escape, as \\28,");
            if (is('\\')) {
                require(isHex(at + 1) && isHex(at + 2), "lacks two hex digits after [\\]");
            }
        }
    }

    private void requireLeft(String left) throws BadEntryException {
        char operator = left.charAt(left.length() - 1);
        String name = operator == '~' || operator == '>' || operator == '<' || operator == ':'
                ? left.substring(0, left.length() - 1)
                : left;
        require(
                (operator == ':' ? RULE : ATTRIBUTE).matcher(name).matches(),
                "has " + SafeText.quoted(name) + ", which is not an attribute,");
    }

    private void take(char c) throws BadEntryException {
        require(is(c), "lacks [" + c + "]");
        at++;
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean isHex(int index) {
        return index < text.length() && "0123456789ABCDEFabcdef".indexOf(text.charAt(index)) >= 0;
    }

    private void require(boolean good, String otherwise) throws BadEntryException {
        if (!good) {
            throw new BadEntryException(otherwise);
        }
    }
}
