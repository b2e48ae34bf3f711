/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.file.KeyStoreOptions;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;

/**
 * Options for reading stores of every kind.
 *
 * <p>Immutable and thread-safe.
 *
 * @param keyStore for key store files, and for key stores bound in JNDI
 * @param sql for databases
 * @param ldap for directories
 * @param denying whether the entries are denied; a certificate is then denied by its issuer and serial number too, because
 *     a client can change the signature of an ECDSA certificate, and with it the thumbprint
 */
public record StoreOptions(KeyStoreOptions keyStore, SqlOptions sql, LdapOptions ldap, boolean denying) {

    /** Creates options for stores of admitted certificates. */
    public StoreOptions(StorePassword password, boolean includeKeyEntries, SqlOptions sql, LdapOptions ldap) {
        this(new KeyStoreOptions(password, includeKeyEntries), sql, ldap, false);
    }

    /** Creates options for stores of admitted certificates, with the defaults for databases and directories. */
    public StoreOptions(StorePassword password, boolean includeKeyEntries) {
        this(password, includeKeyEntries, SqlOptions.DEFAULTS, LdapOptions.DEFAULTS);
    }

    /** Returns options for stores of denied certificates; those of private keys are denied too. */
    public StoreOptions deny() {
        return new StoreOptions(new KeyStoreOptions(keyStore.password(), true), sql, ldap, true);
    }
}
