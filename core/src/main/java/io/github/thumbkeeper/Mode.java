/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

/** What becomes of a refused request. */
public enum Mode {
    /** It gets the error response. */
    ENFORCE,
    /** It passes; log and counters tell what would have been refused. */
    REPORT,
    /** It passes, and the application is told. */
    ANNOTATE
}
