/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.store.CertificateStore;
import io.github.thumbkeeper.store.Contents;
import io.github.thumbkeeper.store.StoreException;
import java.util.List;

/** A store that lists what a test tells it to, or fails as it is told to. */
public final class FakeStore implements CertificateStore {

    /** What a store does when it is read. */
    @FunctionalInterface
    public interface Reading {
        /** Gives the contents, or fails. */
        Contents of(Contents previous) throws StoreException;
    }

    private final String location;
    private volatile Reading reading;

    /** Makes a store that lists these. */
    public FakeStore(String location, Entry... entries) {
        this.location = location;
        lists(entries);
    }

    /** From now on it lists these. */
    public void lists(Entry... entries) {
        Contents contents = new Contents(List.of(entries), List.of(), List.of(), "");
        reading = previous -> contents;
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
    public Contents load(Contents previous) throws StoreException {
        return reading.of(previous);
    }
}
