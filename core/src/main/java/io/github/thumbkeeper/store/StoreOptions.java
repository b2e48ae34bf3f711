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
 * @param denying whether what is listed is denied: then a certificate is denied by its issuer and serial number too, because
 *     anybody can give an ECDSA certificate another thumbprint
 */
public record StoreOptions(
        StorePassword password, boolean includeKeyEntries, SqlOptions sql, LdapOptions ldap, boolean denying) {

    /** Returns how stores of what is admitted are read. */
    public StoreOptions(StorePassword password, boolean includeKeyEntries, SqlOptions sql, LdapOptions ldap) {
        this(password, includeKeyEntries, sql, ldap, false);
    }

    /** Says how key stores are read, and nothing that differs from the standard of other stores. */
    public StoreOptions(StorePassword password, boolean includeKeyEntries) {
        this(password, includeKeyEntries, SqlOptions.STANDARD, LdapOptions.STANDARD);
    }

    /** Returns how stores of what is denied are read: a certificate is denied whether or not its key is there too. */
    public StoreOptions deny() {
        return new StoreOptions(password, true, sql, ldap, true);
    }
}
