/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one store is, for whoever watches the gate.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param location the store as the settings name it
 * @param entries the number of its entries that are in force
 * @param age the time since it was last read completely and its content was taken over, or null if it never was
 * @param failing whether the last attempt did not succeed, so that older content stands
 */
public record StoreState(
        String location, int entries, @Nullable Duration age, boolean failing) {}
