/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.trust.TrustCheck;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are verified with at one moment.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param path looks for their paths, or null if no path is asked for
 */
record Trust(@Nullable TrustCheck path) {

    /** Nothing is asked for. */
    static final Trust NONE = new Trust(null);
}
