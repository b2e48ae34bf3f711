/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.List;

/**
 * One kind of store with a real file, database or directory, which the contract test fills and damages.
 *
 * <p>A method for an event that is impossible for the kind is never called: {@link StoreKind} names these events and the reason.
 */
interface StoreUnderTest {

    /** Events that are not possible for every kind; every kind can add and replace its first certificate. */
    enum Event {
        ADDED,
        REMOVED,
        EMPTIED,
        BROKEN,
        GONE,
        CUT_OFF,
        SLOW
    }

    /** Returns the loader; nothing is read yet. */
    Loader<EntryTable> open() throws Exception;

    /** Lists a certificate under this name; replaces the one with the same name. */
    void put(String name, TestCertificate certificate) throws Exception;

    /** Removes the certificate with this name; the store may be empty afterwards. */
    default void remove(String name) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes the content malformed; the store can still be reached. */
    default void breakIt() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes the store unreachable, or removes it. */
    default void takeAway() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes each reading fail between the first and the second entry. */
    default void cutOff() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Makes each reading wait until {@link #repair}, or until the store's time limit. */
    default void slowDown() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Returns whether a reading waits now. */
    default boolean isWaiting() throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Returns whether the store has a time limit, after which a slow reading fails within a few seconds. */
    default boolean hasTimeLimit() {
        return false;
    }

    /** Removes every fault; all certificates that were put are listed again. */
    void repair() throws Exception;

    /** Returns the label of the certificate with this name, or null if it has none. */
    default String label(String name) {
        return name;
    }

    /** Returns the secrets that no message may contain. */
    default List<String> secrets() {
        return List.of();
    }

    /** Stops the real part; no reading waits any more. */
    default void stop() throws Exception {}
}
