/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import java.util.List;

/** A store whose entries or failure a test sets. */
public final class FakeStore implements Loader<EntryTable> {

    /** Reads the store. */
    @FunctionalInterface
    public interface Reading {
        /** Returns the contents, or fails. */
        Loaded<EntryTable> of(Loaded<EntryTable> previous) throws StoreException;
    }

    private final String location;
    private volatile Reading reading;

    /** Makes a store with these entries. */
    public FakeStore(String location, Entry... entries) {
        this.location = location;
        lists(entries);
    }

    /** Returns the result of a successful read of these entries. */
    public static Loaded<EntryTable> loaded(Entry... entries) {
        return new Loaded<>(EntryTable.of(List.of(entries)), List.of(), List.of(), "");
    }

    /** Sets the entries for every later read. */
    public void lists(Entry... entries) {
        Loaded<EntryTable> loaded = loaded(entries);
        reading = previous -> loaded;
    }

    /** Makes every later read fail for this reason. */
    public void fails(String why) {
        reads(previous -> {
            throw new StoreException(location, why, null);
        });
    }

    /** Sets the behaviour of every later read. */
    public void reads(Reading behaviour) {
        reading = behaviour;
    }

    /** Makes every later read throw this, even an Error. */
    public void breaksWith(Throwable failure) {
        reads(previous -> {
            throw FakeStore.<RuntimeException>sneaky(failure);
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // undeclared checked exceptions are among the failures to test
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Loaded<EntryTable> load(Loaded<EntryTable> previous) throws StoreException {
        return reading.of(previous);
    }
}
