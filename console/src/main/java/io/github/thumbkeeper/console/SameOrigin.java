/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a request comes from a page of the console itself, by the header fields that a page cannot set: {@code
 * Sec-Fetch-Site} (W3C Fetch Metadata) and {@code Origin} (RFC 6454 section 7). Thread-safe.
 */
final class SameOrigin {

    private SameOrigin() {}

    /** Returns whether neither field names another site. A client that is not a browser may send neither. */
    static boolean isNotContradicted(HttpServletRequest request) {
        List<String> site = Collections.list(request.getHeaders("Sec-Fetch-Site"));
        List<String> origin = Collections.list(request.getHeaders("Origin"));
        return site.stream().allMatch("same-origin"::equals)
                && origin.size() <= 1
                && origin.stream().allMatch(each -> isOwn(each, request));
    }

    /** Returns whether at least one of the fields says that the request comes from the console, and none contradicts. */
    static boolean isProved(HttpServletRequest request) {
        boolean said = request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null;
        return said && isNotContradicted(request);
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        try {
            URI uri = new URI(origin);
            String host = uri.getHost();
            return "https".equals(uri.getScheme())
                    && host != null
                    && host.toLowerCase(Locale.ROOT)
                            .equals(request.getServerName().toLowerCase(Locale.ROOT))
                    && port(uri.getPort()) == port(request.getServerPort());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(int port) {
        return port <= 0 ? 443 : port;
    }
}
