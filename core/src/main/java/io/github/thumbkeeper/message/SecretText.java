/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.time.DateTimeException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises text that may contain a password, such as the URL of a database or the message of a driver. Thread-safe. */
public final class SecretText {

    private static final Pattern SUSPECT = Pattern.compile(
            "jdbc:|//[^/@]*@|(passw(or)?d|pwd|passphrase|secret|token)([\"']?\\s*[=:]|\\s*[\"'])|For input string",
            Pattern.CASE_INSENSITIVE);

    private static final int MOST_CAUSES = 8;

    private SecretText() {}

    /** Returns the text of a location in {@code [ ]}, as messages show it. */
    public static String quoted(String location) {
        return SafeText.quoted(masked(location));
    }

    /** Returns the text of a location, or only its beginning if it may contain a password. */
    public static String masked(String location) {
        return isSuspect(location) ? location.substring(0, location.indexOf(':') + 1) + "..." : location;
    }

    /** Returns whether the text of an exception, or of its causes and suppressed exceptions, must not be shown. */
    public static boolean isIn(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            if (isSuspect(each.getMessage()) || quotesInput(each) || each.getSuppressed().length > 0) {
                return true;
            }
            each = each.getCause();
        }
        return each != null;
    }

    /** These exceptions of the JDK quote the text that they could not parse. */
    private static boolean quotesInput(Throwable thrown) {
        return thrown instanceof NumberFormatException
                || thrown instanceof DateTimeException
                || thrown instanceof InvalidPathException
                || thrown instanceof URISyntaxException;
    }

    private static boolean isSuspect(@Nullable String text) {
        return text != null && SUSPECT.matcher(text).find();
    }
}
