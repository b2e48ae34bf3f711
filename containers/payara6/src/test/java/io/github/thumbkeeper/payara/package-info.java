/* SPDX-License-Identifier: Apache-2.0 */
/** How Payara 6 is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.payara;

import org.jspecify.annotations.NullMarked;
