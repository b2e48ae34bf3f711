/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of Open Liberty for the suite. */
@NullMarked
package io.github.thumbkeeper.liberty;

import org.jspecify.annotations.NullMarked;
