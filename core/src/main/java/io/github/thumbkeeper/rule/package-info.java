/* SPDX-License-Identifier: Apache-2.0 */
/** Rules about what a certificate must say: identities that are admitted, and constraints on every certificate. */
@NullMarked
package io.github.thumbkeeper.rule;

import org.jspecify.annotations.NullMarked;
