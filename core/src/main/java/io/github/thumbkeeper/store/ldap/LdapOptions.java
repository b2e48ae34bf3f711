/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options for searching a directory.
 *
 * <p>Immutable and thread-safe.
 *
 * @param base the name of the entry to search under, relative to the bound context
 * @param filter the search filter (RFC 4515)
 * @param certificateAttribute the attribute with the certificates
 * @param labelAttribute the attribute with the label
 * @param rolesAttribute the attribute with the roles, or null
 * @param pageSize number of entries per page (RFC 2696), or 0 to request all at once
 * @param timeout longest time for connecting, for each answer and for the whole read
 * @param changeAttribute the attribute that the server changes with each change of an entry, or null
 * @param startTls whether to secure the connection by StartTLS (RFC 4511 section 4.14) before anything else is sent
 */
public record LdapOptions(
        String base,
        String filter,
        String certificateAttribute,
        String labelAttribute,
        @Nullable String rolesAttribute,
        int pageSize,
        Duration timeout,
        @Nullable String changeAttribute,
        boolean startTls) {

    /** The default options. */
    public static final LdapOptions DEFAULTS = new LdapOptions(
            "",
            filterFor("userCertificate;binary"),
            "userCertificate;binary",
            "cn",
            null,
            1000,
            Duration.ofSeconds(10),
            null,
            false);

    /** Returns a filter for all entries that have a certificate attribute. */
    public static String filterFor(String certificateAttribute) {
        return LdapEntry.namesOf(certificateAttribute).stream()
                .map(name -> "(" + name + "=*)")
                .collect(Collectors.joining("", "(|", ")"));
    }
}
