/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.util.regex.Pattern;

/** Recognises the location of a store where a thumbprint or pin is expected. Thread-safe. */
final class StoreLocation {

    /** A path with a separator or a usual extension, or a JNDI name. No thumbprint has a slash, a backslash or a dot. */
    private static final Pattern FORM = Pattern.compile(
            "(java|jndi|file):.*|.*[/\\\\].*|.+\\.(pem|crt|cer|cert|der|p7b|p7c|p12|pfx|jks|jceks|bcfks|ks|keystore|txt|list)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private StoreLocation() {}

    static boolean is(String text) {
        // A pin without its usual prefix has slashes too, and always ends in padding.
        return text.indexOf('=') < 0 && FORM.matcher(text).matches();
    }

    /** Returns why it is not a digest of this kind. The proxies' thumbprints are read here too, so the remedy names clients. */
    static String instead(String what) {
        return "looks like the location of a file or resource, not like " + what
                + "; a file with certificates of clients belongs in store";
    }
}
