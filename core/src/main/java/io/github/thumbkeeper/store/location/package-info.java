/* SPDX-License-Identifier: Apache-2.0 */
/** Opens the loader for a configured location: a path, a JNDI name or a bound object. */
@NullMarked
package io.github.thumbkeeper.store.location;

import org.jspecify.annotations.NullMarked;
