/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

/**
 * State of a loader whose value may be made of parts that fail by themselves, such as the files of a directory: an entry that the
 * settings do not allow must not hold up the changes of other parts.
 */
public interface PartwiseState {

    /** Returns whether the value is made of such parts. */
    boolean isPartwise();
}
