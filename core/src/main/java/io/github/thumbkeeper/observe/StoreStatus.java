/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import javax.management.ConstructorParameters;

/**
 * State of a store in JMX.
 *
 * <p>Immutable and thread-safe.
 */
public final class StoreStatus {

    private final String location;
    private final int entries;
    private final double ageSeconds;
    private final boolean failing;
    private final double readSeconds;

    /** Creates a state; see the methods. */
    @ConstructorParameters({"location", "entries", "ageSeconds", "failing", "readSeconds"})
    public StoreStatus(String location, int entries, double ageSeconds, boolean failing, double readSeconds) {
        this.location = location;
        this.entries = entries;
        this.ageSeconds = ageSeconds;
        this.failing = failing;
        this.readSeconds = readSeconds;
    }

    /** Returns the location as written in the settings. */
    public String getLocation() {
        return location;
    }

    /** Returns the number of entries, rules, trusted certificates or CRLs in force. */
    public int getEntries() {
        return entries;
    }

    /** Returns the seconds since the last complete reading began, or -1 if there was none. */
    public double getAgeSeconds() {
        return ageSeconds;
    }

    /** Returns whether the last reading failed, so that an older list is in force. */
    public boolean isFailing() {
        return failing;
    }

    /** Returns the seconds that the last reading took, or -1 if none has ended. */
    public double getReadSeconds() {
        return readSeconds;
    }
}
