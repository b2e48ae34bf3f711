/* SPDX-License-Identifier: Apache-2.0 */
/** Object factories for JNDI: key stores that follow their files, and LDAP contexts that connect on first use. */
@NullMarked
package io.github.thumbkeeper.jndi;

import org.jspecify.annotations.NullMarked;
