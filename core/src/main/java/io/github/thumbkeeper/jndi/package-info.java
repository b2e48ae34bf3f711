/* SPDX-License-Identifier: Apache-2.0 */
/** Binds certificates to a JNDI name as a key store that stays fresh. */
@NullMarked
package io.github.thumbkeeper.jndi;

import org.jspecify.annotations.NullMarked;
