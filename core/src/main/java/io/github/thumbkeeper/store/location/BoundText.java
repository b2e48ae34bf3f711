/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.StoreException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The location that a text or URL bound in JNDI gives: never another JNDI name, never another machine. */
final class BoundText {

    private static final Pattern JNDI_NAME = Pattern.compile("(?i)(java|jndi):.*");
    private static final Pattern URL_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final Pattern SCHEME_OF_URL = Pattern.compile("(?i)(file|jar|jdbc|classpath|vfs|jrt):");
    private static final Pattern FILE_URL = Pattern.compile("(?i)file:.*");

    private BoundText() {}

    /** Returns the location, or null if the object is neither text nor URL. */
    static @Nullable String of(String store, Object bound) throws StoreException {
        if (bound instanceof URL url) {
            return url(store, url.toExternalForm());
        }
        return bound instanceof String text ? text(store, text.strip()) : null;
    }

    private static String text(String store, String text) throws StoreException {
        if (text.isEmpty()) {
            throw StoreException.misconfigured(store, "finds an empty text bound; the location of a store is needed");
        }
        if (JNDI_NAME.matcher(text).matches()) {
            throw StoreException.misconfigured(
                    store, "finds the JNDI name " + SafeText.quoted(text) + " bound; a name may not lead to a name");
        }
        return URL_FORM.matcher(text).matches() ? url(store, text) : text;
    }

    private static String url(String store, String url) throws StoreException {
        if (FILE_URL.matcher(url).matches()) {
            try {
                return Path.of(URI.create(url)).toString();
            } catch (RuntimeException e) {
                throw refused(store, url);
            }
        }
        throw refused(store, url);
    }

    /** A password may have a colon in it, so that only a text that is plainly a URL is shown. */
    private static String shown(String url) {
        boolean plain = url.contains("://") || SCHEME_OF_URL.matcher(url).lookingAt();
        return plain ? SecretText.quoted(url) : TextOrigin.unshown(url);
    }

    private static StoreException refused(String store, String url) {
        return StoreException.misconfigured(
                store,
                "finds the URL " + shown(url) + " bound; expected a file: URL of this machine,"
                        + " or a database as a javax.sql.DataSource");
    }
}
