/* SPDX-License-Identifier: Apache-2.0 */
/** Finds the client certificate of a request. */
@NullMarked
package io.github.thumbkeeper.source;

import org.jspecify.annotations.NullMarked;
