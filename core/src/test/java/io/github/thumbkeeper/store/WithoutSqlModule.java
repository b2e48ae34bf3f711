/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.Locations;
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
        FakeResources resources = new FakeResources();
        resources.bind("java:store", bound);
        StoreOptions options = new StoreOptions(StorePassword.of("storePassword", null), false);
        try {
            Loader<EntryTable> store = new Locations(resources, options, InstantSource.system()).open("java:store");
            return store.load(null).value().size() + " entries";
        } catch (StoreException e) {
            return e.isMisconfigured() + " " + e.getMessage();
        }
    }
}
