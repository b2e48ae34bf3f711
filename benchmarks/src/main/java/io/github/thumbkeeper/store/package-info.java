/* SPDX-License-Identifier: Apache-2.0 */
/** Measurements that look into the package of the same name in core. */
@NullMarked
package io.github.thumbkeeper.store;

import org.jspecify.annotations.NullMarked;
