/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.LabelGlob;
import org.jspecify.annotations.Nullable;

/**
 * Filter of entries by their label, with a pattern as in {@link LabelGlob}.
 *
 * <p>Immutable and thread-safe.
 */
public final class LabelFilter {

    /** Matches every entry, even without a label. */
    public static final LabelFilter ALL = new LabelFilter(null);

    private final @Nullable LabelGlob glob;

    private LabelFilter(@Nullable LabelGlob glob) {
        this.glob = glob;
    }

    /** Makes the filter for a glob. */
    public static LabelFilter of(String glob) {
        return new LabelFilter(LabelGlob.of(glob));
    }

    /** Returns whether an entry stays in the list. A disabled one always does: another list must not admit what it refuses. */
    boolean matches(Entry entry) {
        return entry.disabled() || glob == null || (entry.label() != null && glob.matches(entry.label()));
    }
}
