/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.Refreshable;
import java.time.Duration;

/**
 * One thing that a gate reads again and again: a store, a file of rules, a trust store, the certificate revocation lists of one
 * place.
 *
 * <pre>{@code
 * for (Reading reading : gate.readings()) {
 *     if (reading.begin()) {
 *         new Thread(reading).start();
 *     }
 * }
 * }</pre>
 *
 * <p>Safe to share between threads. One reading runs at a time; what it finds comes into force when it ends, whatever others do.
 *
 * @see Gate#readings()
 */
public final class Reading implements Runnable {

    private final Gate gate;
    private final Refreshable what;

    Reading(Gate gate, Refreshable what) {
        this.gate = gate;
        this.what = what;
    }

    /** Returns the place that is read, as the settings name it. */
    public String location() {
        return what.location();
    }

    /**
     * Takes the turn to read, for a call of {@link #run} or {@link #fail} that must follow, by any thread. The time that counts as
     * too long begins here.
     *
     * @return false if the last turn has not ended
     */
    public boolean begin() {
        return what.tryBegin();
    }

    /** Reads, puts what was read into force, and ends the turn. Never throws. */
    @Override
    public void run() {
        gate.take(what.read(), what::end);
    }

    /** Logs that there is no thread to read with, and ends the turn. Never throws. */
    public void fail(Throwable failure) {
        gate.take(() -> what.fail(failure), what::end);
    }

    void runNow() throws InterruptedException {
        what.begin();
        run();
    }

    void noteOverrun(Duration limit) {
        what.noteOverrun(limit);
    }
}
