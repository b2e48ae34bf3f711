/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * An LDAP context that connects on first use. A gate asks only for its environment and opens its own connections, so that no
 * connection is left open here and a changed password takes effect.
 */
final class LazyDirContext extends InitialDirContext {

    private final String resource;
    private final String url;
    private final @Nullable String principal;
    private final StorePassword password;

    LazyDirContext(String resource, String url, @Nullable String principal, StorePassword password)
            throws NamingException {
        super(true);
        this.resource = resource;
        this.url = url;
        this.principal = principal;
        this.password = password;
    }

    @Override
    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    public Hashtable<?, ?> getEnvironment() throws NamingException {
        Hashtable<Object, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, url);
        char[] characters = characters(resource, password);
        if (principal != null
                && (characters == null || String.valueOf(characters).isBlank())) {
            // Its file has changed; a server treats a name without a password as an anonymous bind.
            throw new NamingException("resource " + SafeText.quoted(resource)
                    + ": [passwordFile] gives a password that is empty; that would be an anonymous bind");
        }
        if (principal != null && characters != null) {
            environment.put(Context.SECURITY_AUTHENTICATION, "simple");
            environment.put(Context.SECURITY_PRINCIPAL, principal);
            environment.put(Context.SECURITY_CREDENTIALS, characters);
        }
        return environment;
    }

    @Override
    @SuppressWarnings("unchecked") // getEnvironment() creates it so
    protected Context getDefaultInitCtx() throws NamingException {
        if (!gotDefault) {
            myProps = (Hashtable<Object, Object>) getEnvironment();
        }
        return super.getDefaultInitCtx();
    }

    static char @Nullable [] characters(String resource, StorePassword password) throws NamingException {
        try {
            return password.chars();
        } catch (StoreException e) {
            NamingException problem =
                    new NamingException("resource " + SafeText.quoted(resource) + ": " + e.getMessage());
            problem.setRootCause(e);
            throw problem;
        }
    }
}
