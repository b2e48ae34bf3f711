/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import javax.naming.AuthenticationException;
import javax.naming.InvalidNameException;
import javax.naming.LimitExceededException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.ReferralException;
import javax.naming.directory.InvalidSearchFilterException;
import org.jspecify.annotations.Nullable;

/** Describes failures of a directory without showing its password. */
final class LdapFailure {

    /** Unavailable critical extension (RFC 4511 section 4.1.11); paged results are the only one that is requested. */
    private static final String NO_PAGES = "[LDAP: error code 12 ";

    private static final int MOST_CAUSES = 8;

    private LdapFailure() {}

    /**
     * Returns the exception to throw.
     *
     * @param environment knows the password, to hide it
     */
    static StoreException of(String store, LdapOptions options, LdapEnvironment environment, NamingException e) {
        if (options.pageSize() > 0
                && e.getExplanation() != null
                && e.getExplanation().startsWith(NO_PAGES)) {
            return withoutPages(store);
        }
        String why = "cannot be read completely: " + found(environment, e) + hint(options, environment, e);
        boolean misconfigured = e instanceof InvalidSearchFilterException || e instanceof InvalidNameException;
        return misconfigured
                ? StoreException.misconfigured(store, why)
                : new StoreException(store, why, LoggableFailure.of(e));
    }

    /** Returns the exception for a server that does not support pages. */
    static StoreException withoutPages(String store) {
        return StoreException.misconfigured(
                store,
                "is a directory that does not return its entries in pages (RFC 2696); set ldapPageSize=0 to request all at once");
    }

    private static String hint(LdapOptions options, LdapEnvironment environment, NamingException e) {
        if (e instanceof AuthenticationException) {
            return environment.passwordHint();
        }
        if (e instanceof ReferralException || e instanceof PartialResultException) {
            return "; another server holds a part of it, and referrals are not followed: expected an ldapBase below"
                    + " which this server has all entries";
        }
        if (e instanceof NameNotFoundException) {
            return "; ldapBase is " + SafeText.quoted(options.base()) + ", relative to the bound context";
        }
        return e instanceof LimitExceededException
                ? "; expected all entries: raise the limit, or narrow ldapFilter"
                : "";
    }

    /** Hides texts with the password: a server may repeat what it was sent. */
    private static String found(LdapEnvironment environment, NamingException e) {
        StringBuilder found = new StringBuilder();
        Throwable each = e;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            String text = each instanceof NamingException naming ? naming.getExplanation() : each.getMessage();
            if (environment.isSecretIn(text)) {
                return e.getClass().getName() + " (not shown, it contains a password)";
            }
            found.append(i == 0 ? "" : ": ").append(each.getClass().getName()).append(text(text));
            each = each.getCause();
        }
        return found.toString();
    }

    private static String text(@Nullable String text) {
        return text == null || text.isBlank() ? "" : " (" + SafeText.sentence(text) + ")";
    }
}
