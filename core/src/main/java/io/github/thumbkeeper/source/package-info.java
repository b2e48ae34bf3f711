/* SPDX-License-Identifier: Apache-2.0 */
/** Where the client certificate of a request comes from. */
@NullMarked
package io.github.thumbkeeper.source;

import org.jspecify.annotations.NullMarked;
