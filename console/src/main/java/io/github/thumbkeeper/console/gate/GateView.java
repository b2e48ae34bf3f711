/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.gate;

import io.github.thumbkeeper.observe.StoreStatus;
import java.util.List;
import java.util.Map;

/**
 * State of a gate at one moment.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name of the gate, as in the log
 * @param mode {@code enforce}, {@code report} or {@code annotate}
 * @param state {@code UP}, {@code NO_LIST} or {@code STALE}
 * @param admitted the number of admitted requests
 * @param refused the number of refused requests
 * @param refusedByCode the number of refused requests for each code, without those that are zero
 * @param reported the number of requests that passed because the gate does not enforce
 * @param exempt the number of requests that need no certificate
 * @param entries the number of listed entries
 * @param unmatched the number of entries that no request has matched since the start
 * @param expiring the number of things that end soon or have ended
 * @param stores the stores
 */
public record GateView(
        String name,
        String mode,
        String state,
        long admitted,
        long refused,
        Map<String, Long> refusedByCode,
        long reported,
        long exempt,
        int entries,
        int unmatched,
        int expiring,
        List<StoreStatus> stores) {
    public GateView {
        stores = List.copyOf(stores);
    }

    /** Returns whether the gate refuses requests. */
    public boolean enforces() {
        return mode.equals("enforce");
    }

    /** Returns whether the gate has a list that is new enough, and every store can be read. */
    public boolean isHealthy() {
        return state.equals("UP") && stores.stream().noneMatch(StoreStatus::isFailing);
    }
}
