/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

/** Warnings about other valves of Tomcat. Thread-safe. */
public final class ValveWarnings {

    private ValveWarnings() {}

    /** Returns the warning about a valve that takes a certificate from a header of any client. */
    public static String sslValve(String container) {
        return "TK-407 SSLValve of [" + container
                + "] takes a client certificate from a header that any client can send; this gate ignores it, but"
                + " applications do not: use certificateHeader instead";
    }

    /** Returns the warning about a valve that hides the peer's address from a filter. */
    public static String remoteIpValve(String container) {
        return "TK-408 RemoteIpValve of [" + container
                + "] rewrites the address of the peer, and a filter after it cannot detect that; expected"
                + " requestAttributesEnabled=\"true\"";
    }
}
