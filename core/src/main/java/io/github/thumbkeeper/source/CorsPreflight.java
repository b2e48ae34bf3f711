/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.util.List;

/**
 * Recognises a CORS preflight as the Fetch standard defines it: OPTIONS with an origin and the method of the request to come.
 * Browsers send it without a client certificate. Thread-safe.
 */
public final class CorsPreflight {

    private CorsPreflight() {}

    /** Returns whether the request is a preflight: each of the fields exactly once, and not empty. */
    public static boolean is(Exchange exchange) {
        return exchange.method().equals("OPTIONS")
                && isSingle(exchange.headers("Origin"))
                && isSingle(exchange.headers("Access-Control-Request-Method"));
    }

    private static boolean isSingle(List<String> values) {
        return values.size() == 1 && !values.get(0).isBlank();
    }
}
