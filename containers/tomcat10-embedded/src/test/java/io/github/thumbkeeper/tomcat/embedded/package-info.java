/* SPDX-License-Identifier: Apache-2.0 */
/** How an embedded Tomcat is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.tomcat.embedded;

import org.jspecify.annotations.NullMarked;
