/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

/** One thing that a rule says of a certificate. Implementations are immutable, never throw and are safe to share. */
@FunctionalInterface
interface Claim {
    boolean holds(CertificateAttributes facts);
}
