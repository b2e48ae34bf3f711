/* SPDX-License-Identifier: Apache-2.0 */
/** Loads entries from an LDAP directory. */
@NullMarked
package io.github.thumbkeeper.store.ldap;

import org.jspecify.annotations.NullMarked;
