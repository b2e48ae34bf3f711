/* SPDX-License-Identifier: Apache-2.0 */
/** The gate as a valve of Tomcat. */
@NullMarked
package io.github.thumbkeeper.valve;

import org.jspecify.annotations.NullMarked;
