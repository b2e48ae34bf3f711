/* SPDX-License-Identifier: Apache-2.0 */
/** The start of the command line from the jar that is copied to Tomcat's {@code lib}. */
@NullMarked
package io.github.thumbkeeper.launcher;

import org.jspecify.annotations.NullMarked;
