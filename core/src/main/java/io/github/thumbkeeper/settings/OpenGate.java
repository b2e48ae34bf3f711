/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.Expirations;
import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GateMonitor;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.observe.RecentRefusals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** A gate that has been opened, with all that its administrator can see of it. Immutable and thread-safe. */
public final class OpenGate {

    private final String name;
    private final Gate gate;
    private final Counters counters;
    private final RecentRefusals refusals;
    private final Expirations expirations;
    private final Duration warning;
    private final InstantSource clock;

    OpenGate(
            String name,
            Gate gate,
            Counters counters,
            RecentRefusals refusals,
            Expirations expirations,
            Duration warning,
            InstantSource clock) {
        this.name = name;
        this.gate = gate;
        this.counters = counters;
        this.refusals = refusals;
        this.expirations = expirations;
        this.warning = warning;
        this.clock = clock;
    }

    /** Returns the gate. */
    public Gate gate() {
        return gate;
    }

    /**
     * Returns a monitor of the gate for JMX, which is not registered yet.
     *
     * @param refresh reads all stores now and waits for them; returns whether all have been read
     */
    public GateMonitor monitor(BooleanSupplier refresh) {
        return new GateMonitor(name, gate, counters, refusals, expirations, warning, clock, refresh);
    }
}
