/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A glob for labels: {@code *} matches any text, {@code ?} one character, every other character itself.
 *
 * <p>Immutable and thread-safe.
 */
public final class LabelFilter {

    /** Matches every entry, even without a label. */
    public static final LabelFilter ALL = new LabelFilter(null, null);

    private final @Nullable String glob;
    private final @Nullable Pattern pattern;

    private LabelFilter(@Nullable String glob, @Nullable Pattern pattern) {
        this.glob = glob;
        this.pattern = pattern;
    }

    /** Makes the filter for a glob. */
    public static LabelFilter of(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return new LabelFilter(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Returns the glob as it is set; null if there is none. */
    @Nullable
    String glob() {
        return glob;
    }

    /** Returns whether an entry stays in the list. A disabled one always does: another list must not admit what it refuses. */
    boolean matches(Entry entry) {
        return entry.disabled()
                || pattern == null
                || (entry.label() != null && pattern.matcher(entry.label()).matches());
    }
}
