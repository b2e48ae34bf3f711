/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

/** Called between the steps of a write, so that a test can end the process there. */
@FunctionalInterface
interface WritePoint {

    /** Does nothing. */
    WritePoint NONE = step -> {};

    /**
     * Called after a step.
     *
     * @param step the step
     */
    void reached(String step);
}
