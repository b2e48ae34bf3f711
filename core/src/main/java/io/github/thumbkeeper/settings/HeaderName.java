/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that a header field between a proxy and a gate may have. */
final class HeaderName {

    static final String ACCEPTED =
            "; accepted are up to 100 characters of a token (RFC 9110 section 5.6.2), such as X-SSL-Client-Cert";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** What means something else to servers and applications, which could not do without, however it is spelled. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "access-control-request-method",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "origin",
            "proxy-authorization",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-forwarded-for",
            "x-forwarded-proto");

    private HeaderName() {}

    static boolean isGood(String name) {
        String folded = name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
        return TOKEN.matcher(name).matches() && !TAKEN.contains(folded);
    }
}
