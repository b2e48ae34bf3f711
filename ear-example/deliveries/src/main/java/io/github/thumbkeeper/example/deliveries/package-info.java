/* SPDX-License-Identifier: Apache-2.0 */
/** An application that knows its callers by their certificates. */
@NullMarked
package io.github.thumbkeeper.example.deliveries;

import org.jspecify.annotations.NullMarked;
