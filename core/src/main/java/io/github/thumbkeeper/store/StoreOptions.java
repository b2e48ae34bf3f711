/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

/**
 * How stores are read.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param password opens the key store files that are named directly
 * @param includeKeyEntries whether the certificate of a private key counts like a trusted one; the key is never read
 * @param sql how databases are read
 * @param ldap how directories are searched
 */
public record StoreOptions(StorePassword password, boolean includeKeyEntries, SqlOptions sql, LdapOptions ldap) {

    /** Says how key stores are read, and nothing that differs from the standard of other stores. */
    public StoreOptions(StorePassword password, boolean includeKeyEntries) {
        this(password, includeKeyEntries, SqlOptions.STANDARD, LdapOptions.STANDARD);
    }
}
