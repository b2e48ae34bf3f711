/* SPDX-License-Identifier: Apache-2.0 */
/** What valve and filter share of the servlet API. */
@NullMarked
package io.github.thumbkeeper.servlet;

import org.jspecify.annotations.NullMarked;
