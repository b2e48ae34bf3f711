/* SPDX-License-Identifier: Apache-2.0 */
/** The gate as a servlet filter for any container. */
@NullMarked
package io.github.thumbkeeper.filter;

import org.jspecify.annotations.NullMarked;
