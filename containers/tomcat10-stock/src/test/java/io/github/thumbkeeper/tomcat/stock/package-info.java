/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of a stock Tomcat for the suite. */
@NullMarked
package io.github.thumbkeeper.tomcat.stock;

import org.jspecify.annotations.NullMarked;
