/* SPDX-License-Identifier: Apache-2.0 */
/** Rules about the contents of certificates: identities that are admitted, and constraints for every certificate. */
@NullMarked
package io.github.thumbkeeper.rule;

import org.jspecify.annotations.NullMarked;
