/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.SafeText;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Parses the text of entries by the same rules for files, databases and directories. */
public final class EntryText {

    private EntryText() {}

    /** Parses a thumbprint or a public key pin. */
    public static CertificateDigest digest(String text, Consumer<String> warnings) throws BadEntryException {
        boolean pin = text.startsWith("sha256/") || text.startsWith("pin-sha256");
        ParsedDigests<? extends CertificateDigest> parsed =
                pin ? PublicKeyPinParser.parse(text) : ThumbprintParser.parse(text);
        if (!parsed.problems().isEmpty()) {
            throw new BadEntryException(String.join("; ", parsed.problems()));
        }
        parsed.warnings().forEach(warnings);
        return parsed.digests().get(0);
    }

    /** Parses roles separated by commas; blanks around them are ignored. */
    public static Set<String> roles(String text, String expected) throws BadEntryException {
        Set<String> roles = new LinkedHashSet<>();
        for (String piece : text.split(",", -1)) {
            String role = withoutBlanks(piece);
            if (Entry.isReservedRole(role)) {
                throw new BadEntryException(SafeText.quoted(role)
                        + " in [roles] stands for every user and is not a valid role; " + expected);
            }
            roles.add(name("roles", role, expected));
        }
        return roles;
    }

    /** Checks a name: two names that look the same must be equal, and quotes would suggest that blanks are possible. */
    public static String name(String key, String name, String expected) throws BadEntryException {
        if (name.isEmpty()) {
            throw new BadEntryException("[" + key + "] holds an empty name; " + expected);
        }
        return require(
                c -> c != '"' && c != '\'' && c != ' ' && !isInvisible(c),
                key,
                name,
                "names without blanks, quotes and invisible characters");
    }

    /** Checks a label that has a field or quotes of its own, so that it may contain quotes and blanks. */
    public static String label(String label) throws BadEntryException {
        return require(c -> c == ' ' || !isInvisible(c), "label", label, "text without invisible characters");
    }

    private static String require(IntPredicate good, String key, String name, String expected)
            throws BadEntryException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!good.test(c)) {
                throw new BadEntryException("[" + key + "] is " + TextOrigin.unshown(name)
                        + " with a character at index " + i + " that is not allowed; expected " + expected);
            }
        }
        return name;
    }

    private static boolean isInvisible(int c) {
        return Character.isISOControl(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Removes blanks at both ends: databases pad columns of fixed length with them. */
    public static String withoutBlanks(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (from < to && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** Requires that an entry comes into force before its end. */
    public static void requireOrder(@Nullable Instant from, @Nullable Instant until) throws BadEntryException {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new BadEntryException("from [" + from + "] is not before until [" + until + "]");
        }
    }
}
