/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the package. */
@NullMarked
package io.github.thumbkeeper.console.certificate;

import org.jspecify.annotations.NullMarked;
