/* SPDX-License-Identifier: Apache-2.0 */
/** How Jetty is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.jetty;

import org.jspecify.annotations.NullMarked;
