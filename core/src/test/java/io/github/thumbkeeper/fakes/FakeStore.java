/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.store.CertificateStore;
import io.github.thumbkeeper.store.Contents;
import io.github.thumbkeeper.store.StoreException;
import java.util.List;

/** A store whose entries or failure a test sets. */
public final class FakeStore implements CertificateStore {

    /** Reads the store. */
    @FunctionalInterface
    public interface Reading {
        /** Returns the contents, or fails. */
        Contents of(Contents previous) throws StoreException;
    }

    private final String location;
    private volatile Reading reading;

    /** Makes a store with these entries. */
    public FakeStore(String location, Entry... entries) {
        this.location = location;
        lists(entries);
    }

    /** Sets the entries for every later read. */
    public void lists(Entry... entries) {
        Contents contents = new Contents(List.of(entries), List.of(), List.of(), "");
        reading = previous -> contents;
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
    }) // checked exceptions that nobody has declared are among the failures to be tried
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Contents load(Contents previous) throws StoreException {
        return reading.of(previous);
    }
}
