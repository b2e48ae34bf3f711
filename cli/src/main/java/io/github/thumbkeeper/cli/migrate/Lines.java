/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines of a document, which end with LF, CR or both. Immutable and thread-safe. */
final class Lines {

    private final List<Integer> starts = new ArrayList<>(List.of(0));

    Lines(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean first = text.charAt(i) == '\r' && text.startsWith("\n", i + 1);
            if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !first)) {
                starts.add(i + 1);
            }
        }
    }

    /** Returns the place of the character at this index. */
    Position at(int index) {
        int found = Collections.binarySearch(starts, index);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, index - starts.get(line) + 1);
    }
}
