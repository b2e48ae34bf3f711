/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the packaged jars on Tomcat, embedded and stock. */
@NullMarked
package io.github.thumbkeeper.tomcat;

import org.jspecify.annotations.NullMarked;
