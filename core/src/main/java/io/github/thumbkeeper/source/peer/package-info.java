/* SPDX-License-Identifier: Apache-2.0 */
/** Decides by address and certificate whether a connection's peer is a trusted proxy. */
@NullMarked
package io.github.thumbkeeper.source.peer;

import org.jspecify.annotations.NullMarked;
