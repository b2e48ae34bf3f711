/* SPDX-License-Identifier: Apache-2.0 */
/** Answers the requests of the console: its own gate, its rules for every request, and the table of its pages. */
@NullMarked
package io.github.thumbkeeper.console;

import org.jspecify.annotations.NullMarked;
