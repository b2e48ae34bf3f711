/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Printable;
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
                    "finds a " + Printable.quoted(bound.getClass().getName()) + " bound; accepted are "
                            + BoundCertificates.ACCEPTED + "; but this Java runtime lacks the module java.sql, which"
                            + " javax.sql.DataSource needs");
        }
    }
}
