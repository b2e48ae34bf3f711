/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.Reloader;
import java.time.Duration;

/**
 * Repeated reading of one part of a gate: a store, a file of rules, a trust store, or the CRLs of one path.
 *
 * <pre>{@code
 * for (Reading reading : gate.readings()) {
 *     if (reading.begin()) {
 *         new Thread(reading).start();
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe. One reading of a part runs at a time. Its result comes into force when it ends, whatever other readings do.
 *
 * @see Gate#readings()
 */
public final class Reading implements Runnable {

    private final Gate gate;
    private final Reloader<?> what;
    /** Made beforehand: a turn must end even if there is no memory left. */
    private final Runnable end;

    Reading(Gate gate, Reloader<?> what) {
        this.gate = gate;
        this.what = what;
        this.end = what::end;
    }

    /** Returns the location as written in the settings. */
    public String location() {
        return what.location();
    }

    /**
     * Takes the turn to read. A call of {@link #run} or {@link #fail} must follow, on any thread. The time limit of
     * {@link Gate#watch} starts here.
     *
     * @return false if the last turn has not ended
     */
    public boolean begin() {
        return what.tryBegin();
    }

    /** Reads, puts what was read into force, and ends the turn. */
    @Override
    public void run() {
        Runnable step = null;
        try {
            step = what.read();
        } finally {
            gate.take(step, end);
        }
    }

    /** Logs why there is no thread to read on, and ends the turn. */
    public void fail(Throwable failure) {
        Runnable step = null;
        try {
            step = () -> what.fail(failure);
        } finally {
            gate.take(step, end);
        }
    }

    void runNow() throws InterruptedException {
        what.begin();
        run();
    }

    void noteOverrun(Duration limit) {
        what.noteOverrun(limit);
    }
}
