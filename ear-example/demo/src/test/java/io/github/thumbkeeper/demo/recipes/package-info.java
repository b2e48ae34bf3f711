/* SPDX-License-Identifier: Apache-2.0 */
/** The recipes of the documentation, each run by a test. */
@NullMarked
package io.github.thumbkeeper.demo.recipes;

import org.jspecify.annotations.NullMarked;
