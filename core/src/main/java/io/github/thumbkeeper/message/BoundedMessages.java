/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import java.util.ArrayList;
import java.util.List;

/** Messages to report together: the first {@value #MAX_COUNT} in full, and the number of the others. Not thread-safe. */
public final class BoundedMessages {

    /** Largest number of messages that are kept in full. */
    public static final int MAX_COUNT = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    /** Adds a message. */
    public void add(String message) {
        count++;
        if (count <= MAX_COUNT) {
            first.add(message);
        }
    }

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Returns the messages, the last of which may be {@code and N more}. */
    public List<String> toList() {
        List<String> all = new ArrayList<>(first);
        if (count > MAX_COUNT) {
            all.add("and " + (count - MAX_COUNT) + " more");
        }
        return List.copyOf(all);
    }
}
