/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.FileStore;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.StoreOptions;
import java.nio.file.Path;
import java.time.InstantSource;

/** Loads one file once, in a JVM that has done nothing else, and prints how many milliseconds that took. */
public final class ColdLoad {

    private ColdLoad() {}

    /** Loads the file of the first argument. */
    public static void main(String[] arguments) throws StoreException {
        StoreOptions options = new StoreOptions(StorePassword.of("storePassword", null), false);
        FileStore store =
                new FileStore(arguments[0], Path.of(arguments[0]), options.keyStore(), false, InstantSource.system());
        long start = System.nanoTime();
        Loaded<EntryTable> contents = store.load(null);
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.println(contents.value().isEmpty() ? Double.NaN : millis);
    }
}
