/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a directory is searched.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param base the name of the entry under which to search, relative to the context that is bound
 * @param filter which entries are looked at, as RFC 4515 writes it
 * @param certificateAttribute the attribute with the certificates
 * @param labelAttribute the attribute that names their owner
 * @param rolesAttribute the attribute with the owner's roles, or null
 * @param pageSize how many entries to ask for at a time (RFC 2696), or 0 for all at once
 * @param timeout how long connecting, each answer and the whole reading may take
 * @param startTls whether the connection is secured by StartTLS (RFC 4511 section 4.14) before anything is sent over it
 */
public record LdapOptions(
        String base,
        String filter,
        String certificateAttribute,
        String labelAttribute,
        @Nullable String rolesAttribute,
        int pageSize,
        Duration timeout,
        boolean startTls) {

    /** What holds when nothing is set. */
    public static final LdapOptions STANDARD = new LdapOptions(
            "",
            filterFor("userCertificate;binary"),
            "userCertificate;binary",
            "cn",
            null,
            1000,
            Duration.ofSeconds(10),
            false);

    /** Returns the filter for all entries that have an attribute of certificates. */
    public static String filterFor(String certificateAttribute) {
        return LdapAttributes.namesOf(certificateAttribute).stream()
                .map(name -> "(" + name + "=*)")
                .collect(Collectors.joining("", "(|", ")"));
    }
}
