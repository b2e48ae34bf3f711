/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import org.jspecify.annotations.Nullable;

/** A place where listed certificates live. Implementations are used by one thread at a time. */
public interface CertificateStore {

    /** What the entries of a store are for. */
    enum Purpose {
        /** They admit, and stand in the settings themselves. */
        SETTING,
        /** They admit as far as the rules let those of stores. */
        STORE,
        /** What they match is refused, whatever else lists it. */
        DENY
    }

    /** Returns the store as the settings name it. */
    String location();

    /** Returns what its entries are for. */
    default Purpose purpose() {
        return Purpose.STORE;
    }

    /** Returns whether what it lists can never change, so that there is no need to read it again. */
    default boolean isFixed() {
        return false;
    }

    /**
     * Reads the store completely.
     *
     * @param previous what the last successful call gave, or null at the start
     * @return what the store lists now; {@code previous} itself when nothing has changed
     * @throws StoreException if it cannot be read completely; then what it listed before stays in force
     */
    Contents load(@Nullable Contents previous) throws StoreException;
}
