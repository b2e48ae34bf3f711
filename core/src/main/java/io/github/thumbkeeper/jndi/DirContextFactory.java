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
 * Binds an LDAP directory to a JNDI name as a {@link javax.naming.directory.DirContext}.
 *
 * <p>In Tomcat, within {@code GlobalNamingResources} of {@code conf/server.xml} or within a {@code Context}:
 *
 * <pre>{@code
 * <Resource name="ldap/clients" auth="Container" type="javax.naming.directory.DirContext"
 *           factory="io.github.thumbkeeper.jndi.DirContextFactory" url="${directory.url}"
 *           principal="cn=gate,dc=example,dc=org" passwordFile="conf/ldap-password"/>
 * }</pre>
 *
 * <p>Its attributes, which other containers put into the naming environment:
 *
 * <ul>
 *   <li>{@code url}: such as {@code ldaps://ldap.example.org/ou=clients,dc=example,dc=org}; several, separated by blanks, are
 *       tried in turn
 *   <li>{@code principal}, and {@code password} or {@code passwordFile}: the account that reads the directory; without them
 *       it is read anonymously. The file is read for each connection; a relative path is relative to {@code catalina.base}
 * </ul>
 *
 * <p>No connection is opened before the context is used, and none by {@code getEnvironment()}.
 *
 * <p>Thread-safe. Of its contexts, only {@code getEnvironment()} is thread-safe; their other methods are those of the JDK.
 *
 * @see KeyStoreFactory
 * @see <a href="https://tomcat.apache.org/tomcat-10.1-doc/config/context.html#Resource_Definitions">Resources in Tomcat</a>
 */
public final class DirContextFactory implements ObjectFactory {

    private static final String URL = "url";
    private static final String PRINCIPAL = "principal";
    private static final List<String> EXPECTED = List.of(URL, PRINCIPAL, Attributes.PASSWORD, Attributes.PASSWORD_FILE);

    /** Requires a host: without one, JNDI looks for a server in DNS or on this machine. */
    private static final Pattern LDAP_URL =
            Pattern.compile("(?i)ldaps?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?(/[^?#\\s]*)?");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final String EXPECTED_URL =
            "expected a URL such as ldaps://ldap.example.org/ou=clients,dc=example,dc=org, with a host and without a"
                    + " password, a query or blanks in the name (%20)";

    /** Creates the factory; called by the container. */
    public DirContextFactory() {}

    /**
     * Returns the context; no connection is opened yet.
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

    /** Refuses a name without a password, which a server treats as an anonymous bind (RFC 4513 section 5.1.2). */
    private static void requireBothOrNone(Attributes attributes, @Nullable String principal, StorePassword password)
            throws NamingException {
        if (principal != null && principal.isBlank()) {
            throw attributes.problem(PRINCIPAL, "is empty; omit it to read the directory anonymously", null);
        }
        char[] characters = LazyDirContext.characters(attributes.resource(), password);
        if (characters != null && String.valueOf(characters).isBlank()) {
            String attribute =
                    attributes.get(Attributes.PASSWORD) == null ? Attributes.PASSWORD_FILE : Attributes.PASSWORD;
            throw attributes.problem(
                    attribute, "gives a password that is empty; that would be an anonymous bind", null);
        }
        if ((principal == null) != (characters == null)) {
            throw attributes.problem(
                    PRINCIPAL, "and [password] or [passwordFile] belong together; set both or neither", null);
        }
    }
}
