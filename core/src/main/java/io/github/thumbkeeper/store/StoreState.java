/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of the state of one store, for monitoring.
 *
 * <p>Immutable and thread-safe.
 *
 * @param location the location as written in the settings
 * @param entries the number of entries, rules, trust anchors or CRLs in force
 * @param age the time since the start of the last complete reading that was taken over, or null if there was none
 * @param failing whether the last attempt failed, so that an older value is in force
 * @param duration how long the last reading took, or null if none has ended
 */
public record StoreState(
        String location,
        int entries,
        @Nullable Duration age,
        boolean failing,
        @Nullable Duration duration) {}
