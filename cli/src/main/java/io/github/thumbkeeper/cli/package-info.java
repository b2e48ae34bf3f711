/* SPDX-License-Identifier: Apache-2.0 */
/** The command line tool. */
@NullMarked
package io.github.thumbkeeper.cli;

import org.jspecify.annotations.NullMarked;
