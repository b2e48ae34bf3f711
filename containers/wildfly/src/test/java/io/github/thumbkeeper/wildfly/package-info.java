/* SPDX-License-Identifier: Apache-2.0 */
/** How WildFly is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.wildfly;

import org.jspecify.annotations.NullMarked;
