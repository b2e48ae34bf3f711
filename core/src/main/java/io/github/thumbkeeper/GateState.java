/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.verdict.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a gate is at one moment, for whoever watches it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param outage why every request gets 503, or null if requests are judged
 * @param stores the stores in their order
 */
public record GateState(@Nullable Reason outage, List<StoreState> stores) {
    public GateState {
        stores = List.copyOf(stores);
    }
}
