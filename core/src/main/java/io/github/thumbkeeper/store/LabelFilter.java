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
    public static final LabelFilter ALL = new LabelFilter(null, null);

    private final @Nullable String text;
    private final @Nullable LabelGlob glob;

    private LabelFilter(@Nullable String text, @Nullable LabelGlob glob) {
        this.text = text;
        this.glob = glob;
    }

    /** Makes the filter for a glob. */
    public static LabelFilter of(String glob) {
        return new LabelFilter(glob, LabelGlob.of(glob));
    }

    /** Returns the pattern as it is set; null if there is none. */
    @Nullable
    String glob() {
        return text;
    }

    /** Returns whether an entry stays in the list. A disabled one always does: another list must not admit what it refuses. */
    boolean matches(Entry entry) {
        return entry.disabled() || glob == null || (entry.label() != null && glob.matches(entry.label()));
    }
}
