/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.JndiLoader;
import io.github.thumbkeeper.store.location.StoreOptions;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Is run in a Java runtime of its own, and prints what JNDI stores make of objects there. */
final class WithoutSqlModule {

    private WithoutSqlModule() {}

    /** Prints what comes of a key store, a collection, and an object that is neither. */
    public static void main(String[] arguments) throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        for (Object bound : List.of(keyStore, List.of(), new AtomicInteger())) {
            System.out.println(outcome(bound));
        }
    }

    private static String outcome(Object bound) {
        JndiLoader<EntryTable> store = JndiLoader.ofEntries(
                "the store",
                "name",
                name -> bound,
                text -> {
                    throw new StoreException(text, "is no location", null);
                },
                new StoreOptions(StorePassword.of("storePassword", null), false),
                InstantSource.system());
        try {
            return store.load(null).value().size() + " entries";
        } catch (StoreException e) {
            return e.isMisconfigured() + " " + e.getMessage();
        }
    }
}
