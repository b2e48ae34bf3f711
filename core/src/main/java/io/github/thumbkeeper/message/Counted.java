/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/** Writes a number and the noun that it counts, such as {@code 1 entry} or {@code 2 entries}. Thread-safe. */
public final class Counted {

    private Counted() {}

    /**
     * Returns the number and the noun.
     *
     * @param plural the noun in the plural, regular: it ends in {@code s}
     */
    public static String of(long number, String plural) {
        return number + " " + (number == 1 ? singular(plural) : plural);
    }

    private static String singular(String plural) {
        return plural.endsWith("ies")
                ? plural.substring(0, plural.length() - "ies".length()) + "y"
                : plural.substring(0, plural.length() - 1);
    }
}
