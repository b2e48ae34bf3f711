/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.verdict.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of the state of a gate, for monitoring.
 *
 * <p>Immutable and thread-safe.
 *
 * @param outage why every request gets 503, or null if the gate decides requests
 * @param stores the lists in their order, then the files of rules and of roles, the trust store and the CRLs
 */
public record GateState(@Nullable Reason outage, List<StoreState> stores) {
    public GateState {
        stores = List.copyOf(stores);
    }
}
