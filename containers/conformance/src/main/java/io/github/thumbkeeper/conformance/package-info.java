/* SPDX-License-Identifier: Apache-2.0 */
/** The checks for every container, and the interface of a container's module. */
@NullMarked
package io.github.thumbkeeper.conformance;

import org.jspecify.annotations.NullMarked;
