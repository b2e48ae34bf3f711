/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;

/**
 * A list of certificates and its purpose.
 *
 * @param loader reads the list
 * @param purpose what its entries are for
 */
public record StoreConfig(Loader<EntryTable> loader, Purpose purpose) {

    /** What the entries of a list are for. */
    public enum Purpose {
        /** They admit, and are written in the settings themselves. */
        SETTING,
        /** They admit, as far as the rules for stores allow. */
        STORE,
        /** A certificate that matches is refused, whatever else lists it. */
        DENY
    }

    /** Returns a list written in the settings themselves. */
    public static StoreConfig inSettings(InlineStore list) {
        return new StoreConfig(list, Purpose.SETTING);
    }

    /** Returns a list whose entries admit. */
    public static StoreConfig admitting(Loader<EntryTable> loader) {
        return new StoreConfig(loader, Purpose.STORE);
    }

    /** Returns a list whose entries are refused. */
    public static StoreConfig denying(Loader<EntryTable> loader) {
        return new StoreConfig(loader, Purpose.DENY);
    }
}
