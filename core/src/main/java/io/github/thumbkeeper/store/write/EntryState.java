/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

/** Whether an entry admits certificates. Immutable and thread-safe. */
public sealed interface EntryState {

    /** The entry admits what it matches, within its dates. */
    record Enabled() implements EntryState {}

    /** The entry refuses what it matches, until it is enabled again. */
    record Disabled() implements EntryState {}

    /**
     * The entry refuses what it matches for good, and so does an entry of its public key.
     *
     * @param reason the reason that was given
     */
    record Denied(String reason) implements EntryState {}

    /** The state of an entry that admits. */
    EntryState ENABLED = new Enabled();

    /** The state of an entry that is switched off. */
    EntryState DISABLED = new Disabled();
}
