/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.List;

/**
 * One kind of store with the real part behind it, which the contract fills and damages.
 *
 * <p>A method that makes happen what the kind cannot have is never called: {@link StoreKind} says which and why.
 */
interface StoreUnderTest {

    /** What may happen to a store; what is put into it and replaced in it every kind can do. */
    enum Event {
        ADDED,
        REMOVED,
        EMPTIED,
        BROKEN,
        GONE,
        CUT_OFF,
        SLOW
    }

    /** Returns the store, not read yet. */
    Loader<EntryTable> open() throws Exception;

    /** Lists a certificate under this name, in place of the one that is listed under it. */
    void put(String name, TestCertificate certificate) throws Exception;

    /** Lists nothing under this name any more; the last name that is removed leaves an empty store. */
    default void remove(String name) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes the real part such that it can be reached, and what it holds cannot be understood. */
    default void breakIt() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes the real part such that it cannot be reached, or is not there. */
    default void takeAway() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes each reading fail when the first of the two entries has been read, and the second has not. */
    default void cutOff() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes each reading wait until it is repaired, or until the store gives up by itself. */
    default void slowDown() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Returns whether a reading waits now. */
    default boolean isWaiting() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Returns whether a slow reading ends by itself, as a failed one, within a few seconds. */
    default boolean hasTimeLimit() {
        return false;
    }

    /** Undoes whatever fault there is; what has been put is listed again. */
    void repair() throws Exception;

    /** Returns the label of what is listed under this name, or null if it gets none. */
    default String label(String name) {
        return name;
    }

    /** Returns what no message may show. */
    default List<String> secrets() {
        return List.of();
    }

    /** Ends what was begun; whatever fault there is, no reading waits any more. */
    default void stop() throws Exception {}
}
