/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.verdict.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of the gate's state, for monitoring.
 *
 * <p>Immutable and thread-safe.
 *
 * @param outage the reason why every request gets 503, or null if there is no outage
 * @param stores the states of the stores, in their order, of the rules, and of the trust store and CRLs
 */
public record GateState(@Nullable Reason outage, List<StoreState> stores) {
    public GateState {
        stores = List.copyOf(stores);
    }
}
