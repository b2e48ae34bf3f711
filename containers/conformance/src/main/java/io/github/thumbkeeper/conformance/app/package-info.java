/* SPDX-License-Identifier: Apache-2.0 */
/** The deployed application: servlets that report how they see a request. */
@NullMarked
package io.github.thumbkeeper.conformance.app;

import org.jspecify.annotations.NullMarked;
