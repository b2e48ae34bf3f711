/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import org.jspecify.annotations.Nullable;

/**
 * The number of running gates in this JVM, so that the permissive trust manager can report that there are none.
 *
 * <p>The trust manager, the valve and the filters come from different class loaders, each with its own copy of this class. They
 * share a system property that contains only the number. Thread-safe.
 */
public final class RunningGates {

    static final String PROPERTY = "io.github.thumbkeeper.runningGates";

    private RunningGates() {}

    /** Counts a gate that has started. */
    public static void started() {
        change(1);
    }

    /** Counts a gate that has stopped; call it once for each {@link #started()}. */
    public static void stopped() {
        change(-1);
    }

    static boolean none() {
        return number(System.getProperty(PROPERTY)) <= 0;
    }

    private static void change(int step) {
        System.getProperties().compute(PROPERTY, (name, before) -> {
            int now = Math.max(0, number(before)) + step;
            return now > 0 ? String.valueOf(now) : null;
        });
    }

    /** Other code may have set the property; that must not keep a gate from starting. */
    private static int number(@Nullable Object value) {
        try {
            return value == null ? 0 : Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
