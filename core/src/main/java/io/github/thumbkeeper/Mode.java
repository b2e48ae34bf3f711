/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

/** Treatment of refused requests. */
public enum Mode {
    /** The client gets the error response. */
    ENFORCE,
    /** The request passes; log and counters show what would have been refused. */
    REPORT,
    /** The request passes, and request attributes show the application the verdict. */
    ANNOTATE
}
