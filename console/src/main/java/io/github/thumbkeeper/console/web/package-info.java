/* SPDX-License-Identifier: Apache-2.0 */
/** Carries requests and answers between the servlet and the pages. */
@NullMarked
package io.github.thumbkeeper.console.web;

import org.jspecify.annotations.NullMarked;
