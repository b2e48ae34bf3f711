/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.util.Locale;

/** Numbers as the page shows them. */
final class Numbers {

    private static final String GROUP = "\u00a0";

    private Numbers() {}

    /** Returns a figure with three digits that count, or a dash if there is none. */
    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return grouped(String.format(Locale.ROOT, format, value));
    }

    /** Puts a space that does not break between the thousands of a whole number; returns other text as it is. */
    static String grouped(String number) {
        return number.matches("[0-9]{4,}") ? number.replaceAll("(?<=[0-9])(?=(?:[0-9]{3})+$)", GROUP) : number;
    }
}
