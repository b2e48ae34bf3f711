/* SPDX-License-Identifier: Apache-2.0 */
/** How a Tomcat is set up for the suite that is as it is downloaded. */
@NullMarked
package io.github.thumbkeeper.tomcat.stock;

import org.jspecify.annotations.NullMarked;
