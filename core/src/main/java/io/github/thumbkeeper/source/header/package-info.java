/* SPDX-License-Identifier: Apache-2.0 */
/** Reads the client certificate from a header of a trusted proxy, in one format for each kind of proxy. */
@NullMarked
package io.github.thumbkeeper.source.header;

import org.jspecify.annotations.NullMarked;
