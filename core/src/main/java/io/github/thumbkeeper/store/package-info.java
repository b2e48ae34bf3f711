/* SPDX-License-Identifier: Apache-2.0 */
/** Where the listed certificates live, and the immutable list made of them. */
@NullMarked
package io.github.thumbkeeper.store;

import org.jspecify.annotations.NullMarked;
