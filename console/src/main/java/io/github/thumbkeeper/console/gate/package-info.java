/* SPDX-License-Identifier: Apache-2.0 */
/** Reads the gates of this JVM by JMX. */
@NullMarked
package io.github.thumbkeeper.console.gate;

import org.jspecify.annotations.NullMarked;
