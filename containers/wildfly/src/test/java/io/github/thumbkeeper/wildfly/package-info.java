/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of WildFly for the suite. */
@NullMarked
package io.github.thumbkeeper.wildfly;

import org.jspecify.annotations.NullMarked;
