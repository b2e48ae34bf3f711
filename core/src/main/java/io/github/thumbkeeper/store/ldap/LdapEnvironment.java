/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.message.PasswordHint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.naming.Context;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a bound context, and the settings that replace its own: timeouts, referrals and pooling are never left
 * to the configuration of the resource.
 *
 * <p>Not thread-safe. Its text never shows the password.
 */
final class LdapEnvironment {

    /** Lists the mechanisms by which the JDK sends a password over an unsecured connection. */
    private static final String MECHANISMS_IN_CLEAR = "jdk.jndi.ldap.mechsAllowedToSendCredentials";

    private static final Pattern LOCAL = Pattern.compile("(?i)ldap://(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?");

    /** A user in a URL; LDAP URLs have none, but administrators write it. */
    private static final Pattern USER_IN_URL = Pattern.compile("(//|authority: )[^/\\s]*@");

    private final Map<Object, Object> bound;
    private final LdapOptions options;

    /**
     * Copies an environment.
     *
     * @param bound the environment of the bound context
     */
    LdapEnvironment(Map<?, ?> bound, LdapOptions options) {
        this.bound = new HashMap<>(bound);
        this.options = options;
    }

    /**
     * Returns why these credentials must not be used, or null if they may be. A server treats a name without a password as
     * an anonymous bind and reports success (RFC 4513 section 5.1.2).
     */
    @Nullable
    String refusal() {
        Object principal = bound.get(Context.SECURITY_PRINCIPAL);
        String mechanism = mechanism();
        boolean simple = mechanism.equalsIgnoreCase("simple");
        if (simple && (isEmpty(principal) || isEmpty(bound.get(Context.SECURITY_CREDENTIALS)))) {
            return "would be read anonymously: its context has a principal without a password, or a password without a"
                    + " principal, in " + Context.SECURITY_PRINCIPAL + " and " + Context.SECURITY_CREDENTIALS;
        }
        if (isAnonymous(mechanism) && !(isEmpty(principal) && isEmpty(bound.get(Context.SECURITY_CREDENTIALS)))) {
            return "would be read anonymously: its context has a principal or a password, but "
                    + Context.SECURITY_AUTHENTICATION + " [none]";
        }
        if (isPlaceholder(principal) || isPlaceholder(bound.get(Context.SECURITY_CREDENTIALS))) {
            return "cannot be read: its context has a placeholder that nothing has replaced (not shown) in "
                    + Context.SECURITY_PRINCIPAL + " or " + Context.SECURITY_CREDENTIALS;
        }
        return null;
    }

    /** Returns whether the connection may be open to others on the network. */
    boolean isUnprotected() {
        if (options.startTls() || "ssl".equals(bound.get(Context.SECURITY_PROTOCOL))) {
            return false;
        }
        List<String> urls =
                List.of(String.valueOf(bound.get(Context.PROVIDER_URL)).strip().split("\\s+"));
        return !urls.stream()
                .allMatch(url -> url.regionMatches(true, 0, "ldaps:", 0, 6)
                        || LOCAL.matcher(url).matches());
    }

    /** Returns the settings for opening the connection; without authentication if StartTLS must come first. */
    Map<String, Object> opening() {
        Map<String, Object> opening = new HashMap<>();
        String timeout = String.valueOf(options.timeout().toMillis());
        opening.put(Context.REFERRAL, "throw");
        opening.put("java.naming.ldap.version", "3");
        opening.put("java.naming.ldap.derefAliases", "never");
        opening.put("java.naming.ldap.typesOnly", "false");
        opening.put(
                "java.naming.ldap.attributes.binary",
                String.join(" ", LdapEntry.namesOf(options.certificateAttribute())));
        opening.put("com.sun.jndi.ldap.connect.timeout", timeout);
        opening.put("com.sun.jndi.ldap.read.timeout", timeout);
        opening.put("com.sun.jndi.ldap.connect.pool", "false");
        if (options.startTls()) {
            opening.put(Context.SECURITY_AUTHENTICATION, "none");
            opening.put(MECHANISMS_IN_CLEAR, "");
        }
        return opening;
    }

    /** Returns the complete environment for opening a connection to the directory of the bound context. */
    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    Hashtable<Object, Object> toOpen() {
        Hashtable<Object, Object> all = new Hashtable<>(bound);
        all.putAll(opening());
        return all;
    }

    boolean startTls() {
        return options.startTls();
    }

    Duration timeout() {
        return options.timeout();
    }

    /** Returns whether the bind is anonymous. */
    boolean isAnonymous() {
        return isAnonymous(mechanism());
    }

    /** Returns the SASL mechanism or {@code simple} or {@code none}, with JNDI's default for a missing one. */
    String mechanism() {
        Object mechanism = bound.get(Context.SECURITY_AUTHENTICATION);
        if (mechanism != null) {
            return mechanism.toString();
        }
        boolean anonymous =
                bound.get(Context.SECURITY_PRINCIPAL) == null && bound.get(Context.SECURITY_CREDENTIALS) == null;
        return anonymous ? "none" : "simple";
    }

    /** Returns whether a text contains the password, or a user and password of a URL. */
    boolean isSecretIn(@Nullable String text) {
        if (text == null) {
            return false;
        }
        Object credentials = bound.get(Context.SECURITY_CREDENTIALS);
        boolean repeated = credentials != null && !isEmpty(credentials) && text.contains(text(credentials));
        return repeated || USER_IN_URL.matcher(text).find();
    }

    /** Returns what is unusual about the password, as the end of a message about a bind that failed; empty if nothing is. */
    String passwordHint() {
        Object credentials = bound.get(Context.SECURITY_CREDENTIALS);
        String hint = credentials == null ? "" : PasswordHint.of(text(credentials));
        return hint.isEmpty() ? "" : "; the password " + hint;
    }

    private static boolean isPlaceholder(@Nullable Object value) {
        return value != null && Placeholder.isAllOf(text(value));
    }

    private static boolean isAnonymous(String mechanism) {
        return mechanism.equalsIgnoreCase("none") || mechanism.equalsIgnoreCase("anonymous");
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || text(value).isBlank();
    }

    private static String text(Object value) {
        if (value instanceof char[] chars) {
            return String.valueOf(chars);
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }
}
