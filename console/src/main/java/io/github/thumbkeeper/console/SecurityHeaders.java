/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * Header fields of every response of the console.
 *
 * <p>The policy (CSP level 3) allows style sheets, scripts, pictures and requests of the console only, nothing inline, and no
 * frame. A referrer is sent to the console only; without one, browsers would send {@code Origin: null} with its forms. Nothing is stored by a cache, because pages have names of partners.
 */
final class SecurityHeaders {

    private static final Map<String, String> FIELDS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action"
                    + " 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Strict-Transport-Security",
            "max-age=31536000",
            "X-Robots-Tag",
            "noindex");

    private SecurityHeaders() {}

    /** Sets the fields. */
    static void set(HttpServletResponse response) {
        FIELDS.forEach(response::setHeader);
    }
}
