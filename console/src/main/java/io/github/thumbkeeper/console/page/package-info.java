/* SPDX-License-Identifier: Apache-2.0 */
/** Builds the pages of the console, one class for each. */
@NullMarked
package io.github.thumbkeeper.console.page;

import org.jspecify.annotations.NullMarked;
