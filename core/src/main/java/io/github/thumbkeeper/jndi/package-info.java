/* SPDX-License-Identifier: Apache-2.0 */
/** Binds certificates to a JNDI name as a key store that stays fresh, and directories as contexts that connect when used. */
@NullMarked
package io.github.thumbkeeper.jndi;

import org.jspecify.annotations.NullMarked;
