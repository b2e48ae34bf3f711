/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of Payara 6 for the suite. */
@NullMarked
package io.github.thumbkeeper.payara;

import org.jspecify.annotations.NullMarked;
