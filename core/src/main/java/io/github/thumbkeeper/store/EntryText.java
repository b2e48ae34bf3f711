/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.ParsedDigests;
import io.github.thumbkeeper.certificate.Printable;
import io.github.thumbkeeper.certificate.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.TextOrigin;
import io.github.thumbkeeper.certificate.ThumbprintParser;
import io.github.thumbkeeper.verdict.Identity;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The text of which entries are made, by the rules that hold for files, databases and directories alike. */
final class EntryText {

    private EntryText() {}

    /** Reads a thumbprint or a public key pin. */
    static CertificateDigest digest(String text, Consumer<String> warnings) throws BadLineException {
        boolean pin = text.startsWith("sha256/") || text.startsWith("pin-sha256");
        ParsedDigests<? extends CertificateDigest> parsed =
                pin ? PublicKeyPinParser.parse(text) : ThumbprintParser.parse(text);
        if (!parsed.problems().isEmpty()) {
            throw new BadLineException(String.join("; ", parsed.problems()));
        }
        parsed.warnings().forEach(warnings);
        return parsed.digests().get(0);
    }

    /** Reads roles that are separated by commas; blanks around them are none of theirs. */
    static Set<String> roles(String text, String accepted) throws BadLineException {
        Set<String> roles = new LinkedHashSet<>();
        for (String piece : text.split(",", -1)) {
            String role = withoutBlanks(piece);
            if (Identity.isReservedRole(role)) {
                throw new BadLineException(
                        Printable.quoted(role) + " in [roles] means everybody and is no role; " + accepted);
            }
            roles.add(name("roles", role, accepted));
        }
        return roles;
    }

    /** Two names that look the same must be the same, and quotes would promise blanks inside that are not possible. */
    static String name(String key, String name, String accepted) throws BadLineException {
        if (name.isEmpty()) {
            throw new BadLineException("[" + key + "] holds an empty name; " + accepted);
        }
        return require(
                c -> c != '"' && c != '\'' && c != ' ' && !isInvisible(c),
                key,
                name,
                "names without blanks, quotes and invisible characters");
    }

    /** A label that stands alone may hold quotes and blanks. */
    static String label(String label) throws BadLineException {
        return require(c -> c == ' ' || !isInvisible(c), "label", label, "text without invisible characters");
    }

    private static String require(IntPredicate good, String key, String name, String accepted) throws BadLineException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!good.test(c)) {
                throw new BadLineException("[" + key + "] is " + TextOrigin.unshown(name)
                        + " with a character at index " + i + " that is not accepted; accepted are " + accepted);
            }
        }
        return name;
    }

    private static boolean isInvisible(int c) {
        return Character.isISOControl(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Returns the text without the blanks at its ends, with which databases fill up columns of fixed length. */
    static String withoutBlanks(String text) {
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

    static void requireOrder(@Nullable Instant from, @Nullable Instant until) throws BadLineException {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new BadLineException("from [" + from + "] is not before until [" + until + "]");
        }
    }
}
