/* SPDX-License-Identifier: Apache-2.0 */
/** Code on the servlet API that the valve and the filter share. */
@NullMarked
package io.github.thumbkeeper.servlet;

import org.jspecify.annotations.NullMarked;
