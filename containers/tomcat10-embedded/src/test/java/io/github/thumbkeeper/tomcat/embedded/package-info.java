/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of an embedded Tomcat for the suite. */
@NullMarked
package io.github.thumbkeeper.tomcat.embedded;

import org.jspecify.annotations.NullMarked;
