/* SPDX-License-Identifier: Apache-2.0 */
/** What is deployed: servlets that tell what they see. */
@NullMarked
package io.github.thumbkeeper.conformance.app;

import org.jspecify.annotations.NullMarked;
