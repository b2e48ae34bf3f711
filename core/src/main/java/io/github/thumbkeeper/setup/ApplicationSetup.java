/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

/**
 * An application as far as a gate is concerned.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the context path as messages name it
 * @param clientCertLogin whether the container logs clients in by the subject of their certificate
 * @param valve whether a valve at the application or around it is a gate
 * @param filter whether the filter is mapped to every request
 */
public record ApplicationSetup(String name, boolean clientCertLogin, boolean valve, boolean filter) {

    /**
     * Returns whether a gate decides on each of its requests. A filter runs after the container's own login by the subject of
     * the certificate, so with such a login it is not a gate.
     */
    public boolean isGuarded() {
        return valve || (filter && !clientCertLogin);
    }

    /** Returns the error about an application without a gate whose clients pass a permissive handshake. */
    public String unguarded() {
        return "TK-404 application [" + name
                + "] has no gate, and the TLS connector lets every client certificate through"
                + " to it; add a ClientCertificateValve, or map a ClientCertificateFilter to /* for REQUEST"
                + (clientCertLogin
                        ? "; with <auth-method>CLIENT-CERT</auth-method> only the valve runs early enough"
                        : "");
    }

    /** Returns the problem with a login that trusts subjects nothing has verified, after a gate that lets other requests pass. */
    public static String unsafeLogin(String name) {
        return "TK-402 application [" + name
                + "] has <auth-method>CLIENT-CERT</auth-method>, which trusts the subject of any certificate, and the TLS"
                + " connector, an AJP peer or a header delivers certificates that nothing has verified; expected a gate"
                + " that refuses all other requests: mode=enforce, noCertificate=refuse, corsPreflight=never, no exclude,"
                + " and a principal other than none";
    }

    /** Returns the problem with an authenticator that runs before the gate. */
    public static String earlierLogin(String name) {
        return "TK-402 application [" + name
                + "] has an authenticator before this valve, so that it logs clients in, or shows them its login page,"
                + " before the gate decides; expected this valve before the authenticator, or at the Host";
    }
}
