/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import javax.sql.DataSource;

/** Tells databases from other objects, also in a Java runtime that knows none. */
final class BoundDatabase {

    private BoundDatabase() {}

    /** Returns whether the object is a database. */
    static boolean is(String store, Object bound) throws StoreException {
        try {
            return bound instanceof DataSource;
        } catch (NoClassDefFoundError e) {
            throw StoreException.misconfigured(
                    store,
                    "finds a " + SafeText.quoted(bound.getClass().getName()) + " bound; expected "
                            + BoundObject.EXPECTED + "; but this Java runtime lacks the module java.sql, which"
                            + " javax.sql.DataSource needs");
        }
    }
}
