/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

/**
 * Recognises a CORS preflight as the Fetch standard defines it: OPTIONS with an origin and the method to come. Browsers
 * send it without a client certificate.
 */
public final class CorsPreflight {

    private CorsPreflight() {}

    /** Returns whether the request is a preflight: each of the fields exactly once. */
    public static boolean is(Exchange exchange) {
        return exchange.method().equals("OPTIONS")
                && exchange.headers("Origin").size() == 1
                && exchange.headers("Access-Control-Request-Method").size() == 1;
    }
}
