/**
 * Loads entries from an LDAP directory.
 *
 * <p>One load opens a connection of its own ({@code LdapConnection}) with the environment of the bound context, reads all matching
 * entries page by page ({@code LdapSearch}), turns their attributes into entries of the list ({@code LdapEntry}), and closes the
 * connection. LDAP has no standard list of changes, so each load reads everything, unless an attribute shows that nothing has
 * changed ({@code LdapMarker}).
 *
 * <p>The settings of {@code LdapEnvironment} take precedence over those of the resource: no referrals, no aliases, no pool, and a
 * time limit for each step. {@code LdapFailure} describes failures without the password.
 */
@NullMarked
package io.github.thumbkeeper.store.ldap;

import org.jspecify.annotations.NullMarked;
