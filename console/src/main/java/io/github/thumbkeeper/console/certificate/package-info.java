/* SPDX-License-Identifier: Apache-2.0 */
/** Reads what an administrator uploads, and describes certificates. */
@NullMarked
package io.github.thumbkeeper.console.certificate;

import org.jspecify.annotations.NullMarked;
