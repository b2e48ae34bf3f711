/* SPDX-License-Identifier: Apache-2.0 */
/** Answers scripts with JSON. */
@NullMarked
package io.github.thumbkeeper.console.api;

import org.jspecify.annotations.NullMarked;
