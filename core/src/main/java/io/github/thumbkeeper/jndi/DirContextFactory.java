/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.file.StorePassword;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Binds an LDAP directory to a JNDI name, as a {@link javax.naming.directory.DirContext}.
 *
 * <p>Attributes, of the Reference or of the naming environment: {@code url}, such as
 * {@code ldaps://ldap.example.org/ou=clients,dc=example,dc=org}, or several separated by blanks, which are tried in turn;
 * {@code principal} and {@code password} or {@code passwordFile} to read it as somebody, none of these to read it
 * anonymously. A relative {@code passwordFile} is relative to {@code catalina.base}; it is read for each connection. No
 * connection is made before the context is used. Both the factory and its contexts are safe for use by several threads, as
 * far as the contexts are only asked for their environment; for anything else they are as safe as those of the JDK.
 */
public final class DirContextFactory implements ObjectFactory {

    private static final String URL = "url";
    private static final String PRINCIPAL = "principal";
    private static final List<String> EXPECTED = List.of(URL, PRINCIPAL, Attributes.PASSWORD, Attributes.PASSWORD_FILE);

    /** A host must be named: without one JNDI would look for some server in DNS, or on this machine. */
    private static final Pattern LDAP_URL =
            Pattern.compile("(?i)ldaps?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?(/[^?#\\s]*)?");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final String EXPECTED_URL =
            "expected a URL such as ldaps://ldap.example.org/ou=clients,dc=example,dc=org, with a host and without a"
                    + " password, a query or blanks in the name (%20)";

    /** Makes the factory; containers call this. */
    public DirContextFactory() {}

    /**
     * Returns the context; the directory itself is not asked yet.
     *
     * @throws NamingException if the attributes are wrong; the message says which and why
     */
    @Override
    public Object getObjectInstance(
            @Nullable Object reference,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Attributes attributes = Attributes.of(EXPECTED, reference, name, environment);
        String url = url(attributes);
        String principal = attributes.get(PRINCIPAL);
        StorePassword password = attributes.password();
        requireBothOrNone(attributes, principal, password);
        return new LazyDirContext(attributes.resource(), url, principal, password);
    }

    private static String url(Attributes attributes) throws NamingException {
        String value = attributes.get(URL);
        if (value == null || value.isBlank()) {
            throw attributes.problem(URL, "is missing; " + EXPECTED_URL, null);
        }
        String urls = value.strip();
        for (String url : BLANKS.split(urls, -1)) {
            if (!LDAP_URL.matcher(url).matches()) {
                String shown = url.indexOf('@') < 0 ? "is " + SafeText.quoted(url) : "has a text that is not shown";
                throw attributes.problem(URL, shown + "; " + EXPECTED_URL, null);
            }
        }
        return urls;
    }

    /** A server takes a name without a password for an anonymous bind (RFC 4513 section 5.1.2). */
    private static void requireBothOrNone(Attributes attributes, @Nullable String principal, StorePassword password)
            throws NamingException {
        if (principal != null && principal.isBlank()) {
            throw attributes.problem(PRINCIPAL, "is empty; leave it out to read the directory anonymously", null);
        }
        char[] characters = LazyDirContext.characters(attributes.resource(), password);
        if (characters != null && String.valueOf(characters).isBlank()) {
            throw attributes.problem(Attributes.PASSWORD, "is empty; that would be an anonymous bind", null);
        }
        if ((principal == null) != (characters == null)) {
            throw attributes.problem(
                    PRINCIPAL, "and [password] or [passwordFile] belong together; give both or none", null);
        }
    }
}
