/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

/**
 * One line of the table of goals.
 *
 * @param number the goal that it belongs to
 * @param what the figure
 * @param value the figure measured; NaN if it was not
 * @param bound the greatest value that meets the goal; NaN if there is none
 * @param between what stands between figure and goal unless it is reached; may be empty
 */
record Goal(int number, String what, double value, double bound, boolean noisy, String between) {

    private static final String NOISY = " ¹";

    static final String HEAD =
            "| goal | figure | measured | at most | ratio | | what stands between |\n|---|---|---|---|---|---|---|\n";

    boolean isMet() {
        return value <= bound;
    }

    /** Returns the line in Markdown. */
    String line() {
        return String.join(
                " | ",
                "| " + number,
                what,
                Numbers.figure(value) + (noisy && !Double.isNaN(value) ? NOISY : ""),
                Numbers.figure(bound),
                bound > 0 ? Numbers.figure(value / bound) : "–",
                result(),
                !result().equals("reached") && !between.isEmpty() ? between + " |" : "– |");
    }

    private String result() {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        return Double.isNaN(bound) ? "–" : isMet() ? "reached" : "missed";
    }
}
