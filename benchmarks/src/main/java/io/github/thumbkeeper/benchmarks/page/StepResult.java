/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output of one step.
 *
 * @param output its lines, as far as it came
 * @param failure a sentence if it failed, or null
 * @param others the processors that other programs used meanwhile; NaN if unknown
 */
record StepResult(Step step, List<String> output, @Nullable String failure, double seconds, double others) {

    /** The share of a processor from which the figures of a step are marked. */
    private static final double NOISE = 0.25;

    boolean isNoisy() {
        return others > NOISE;
    }
}
