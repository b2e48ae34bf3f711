/* SPDX-License-Identifier: Apache-2.0 */
/** Shows and changes the list that the console manages. */
@NullMarked
package io.github.thumbkeeper.console.list;

import org.jspecify.annotations.NullMarked;
