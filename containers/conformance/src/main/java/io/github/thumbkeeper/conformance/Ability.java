/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

/** What not every container has. */
public enum Ability {
    /** Enterprise archives. */
    EAR,
    /** A scheduler of its own, {@code java:comp/DefaultManagedScheduledExecutorService}. */
    MANAGED_SCHEDULER,
    /** The valve. */
    VALVE
}
