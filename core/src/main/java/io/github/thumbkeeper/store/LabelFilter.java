/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A glob for labels: {@code *} stands for any text, {@code ?} for one character, all else for itself.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class LabelFilter {

    /** Lets every entry through, also one without a label. */
    public static final LabelFilter ALL = new LabelFilter(null);

    private final @Nullable Pattern pattern;

    private LabelFilter(@Nullable Pattern pattern) {
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
        return new LabelFilter(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** A disabled entry stays: what it refuses must not be admitted by another list. */
    boolean lets(Entry entry) {
        return entry.disabled()
                || pattern == null
                || (entry.label() != null && pattern.matcher(entry.label()).matches());
    }
}
