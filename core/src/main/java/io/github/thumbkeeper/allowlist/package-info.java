/* SPDX-License-Identifier: Apache-2.0 */
/** The immutable list of certificates that a request is compared with, and the decision of the list on one certificate. */
@NullMarked
package io.github.thumbkeeper.allowlist;

import org.jspecify.annotations.NullMarked;
