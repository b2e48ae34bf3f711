/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of Jetty for the suite. */
@NullMarked
package io.github.thumbkeeper.jetty;

import org.jspecify.annotations.NullMarked;
