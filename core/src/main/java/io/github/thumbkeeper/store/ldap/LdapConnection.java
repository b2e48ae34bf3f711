/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.naming.spi.NamingManager;
import javax.net.ssl.SSLContext;

/**
 * A separate connection to the directory of a bound context. The bound context itself is neither searched nor closed: the
 * application shares it, it is not thread-safe, and it never reconnects after its connection is lost.
 *
 * <p>Not thread-safe.
 */
final class LdapConnection implements AutoCloseable {

    private final LdapContext context;

    private LdapConnection(LdapContext context) {
        this.context = context;
    }

    /** Returns whether {@link #open} supports a kind of context. */
    static boolean accepts(DirContext bound) {
        return bound instanceof InitialDirContext || bound instanceof LdapContext;
    }

    /**
     * Connects and authenticates.
     *
     * @throws NamingException if any step fails; no connection is left open
     */
    static LdapConnection open(DirContext bound, LdapEnvironment environment) throws NamingException {
        LdapContext context =
                bound instanceof InitialDirContext ? create(environment) : copy((LdapContext) bound, environment);
        try {
            if (environment.startTls()) {
                secure(context, environment);
            }
            return new LdapConnection(context);
        } catch (NamingException | RuntimeException | Error e) {
            closeAfter(context, e);
            throw e;
        }
    }

    /** Returns the open context. */
    LdapContext context() {
        return context;
    }

    @Override
    public void close() throws NamingException {
        context.close();
    }

    /** Creates a context from the URLs of an initial context, trying one after the other. */
    private static LdapContext create(LdapEnvironment environment) throws NamingException {
        Context made = NamingManager.getInitialContext(environment.toOpen());
        if (made instanceof LdapContext ldap) {
            return ldap;
        }
        made.close();
        throw new NamingException("the bound context is not an LDAP context, but a ["
                + made.getClass().getName() + "]");
    }

    /** Copies any other context, because only it knows its host and name; a copy shares the connection until it reconnects. */
    private static LdapContext copy(LdapContext bound, LdapEnvironment environment) throws NamingException {
        LdapContext copy = copyOf(bound);
        try {
            for (Map.Entry<String, Object> setting : environment.opening().entrySet()) {
                copy.addToEnvironment(setting.getKey(), setting.getValue());
            }
            copy.reconnect(copy.getConnectControls());
            return copy;
        } catch (NamingException | RuntimeException | Error e) {
            closeAfter(copy, e);
            throw e;
        }
    }

    /** Turns the JDK's answer of a closed context, a {@link NullPointerException}, into a message. */
    private static LdapContext copyOf(LdapContext bound) throws NamingException {
        try {
            return bound.newInstance(null);
        } catch (NullPointerException e) {
            NamingException problem = new NamingException("the bound context has been closed");
            problem.setRootCause(e);
            throw problem;
        }
    }

    /** Starts TLS and only then authenticates: the password is sent after the server's certificate has been verified. */
    private static void secure(LdapContext context, LdapEnvironment environment) throws NamingException {
        StartTlsResponse response = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
        try {
            SSLContext tls = SSLContext.getDefault();
            response.negotiate(new TimedSocketFactory(tls.getSocketFactory(), environment.timeout()));
        } catch (IOException | NoSuchAlgorithmException e) {
            NamingException problem = new CommunicationException("StartTLS failed: " + e.getMessage());
            problem.setRootCause(e);
            throw problem;
        }
        if (!environment.isAnonymous()) {
            context.addToEnvironment(Context.SECURITY_AUTHENTICATION, environment.mechanism());
            context.reconnect(context.getConnectControls());
        }
    }

    private static void closeAfter(LdapContext context, Throwable failure) {
        try {
            context.close();
        } catch (NamingException e) {
            failure.addSuppressed(e);
        }
    }
}
