/* SPDX-License-Identifier: Apache-2.0 */
/** The immutable list that a certificate is looked up in, and the decision of the list on that certificate. */
@NullMarked
package io.github.thumbkeeper.allowlist;

import org.jspecify.annotations.NullMarked;
