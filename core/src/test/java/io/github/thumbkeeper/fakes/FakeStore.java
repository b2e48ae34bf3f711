/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import java.util.List;

/** A store that lists what a test tells it to, or fails as it is told to. */
public final class FakeStore implements Loader<EntryTable> {

    /** What a store does when it is read. */
    @FunctionalInterface
    public interface Reading {
        /** Gives the contents, or fails. */
        Loaded<EntryTable> of(Loaded<EntryTable> previous) throws StoreException;
    }

    private final String location;
    private volatile Reading reading;

    /** Makes a store that lists these. */
    public FakeStore(String location, Entry... entries) {
        this.location = location;
        lists(entries);
    }

    /** Returns the result of a reading that gave these. */
    public static Loaded<EntryTable> loaded(Entry... entries) {
        return new Loaded<>(EntryTable.of(List.of(entries)), List.of(), List.of(), "");
    }

    /** From now on it lists these. */
    public void lists(Entry... entries) {
        Loaded<EntryTable> loaded = loaded(entries);
        reading = previous -> loaded;
    }

    /** From now on it cannot be read, for this reason. */
    public void fails(String why) {
        reads(previous -> {
            throw new StoreException(location, why, null);
        });
    }

    /** From now on this happens when it is read. */
    public void reads(Reading behaviour) {
        reading = behaviour;
    }

    /** From now on reading it throws this, whatever it is. */
    public void breaksWith(Throwable failure) {
        reads(previous -> {
            throw FakeStore.<RuntimeException>sneaky(failure);
        });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // checked exceptions that nobody has declared are among the failures to be tried
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
