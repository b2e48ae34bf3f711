/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.location.StoreOptions;

/** Something that is bound to a name, which may be bound to something else, to nothing, or not be told for a while. */
abstract class BoundStore implements StoreUnderTest {

    private final Naming naming = new Naming();
    private final StoreOptions options;

    BoundStore() {
        this(new StoreOptions(Naming.NO_PASSWORD, false));
    }

    BoundStore(StoreOptions options) {
        this.options = options;
    }

    /** Returns what is to be bound when all is well. */
    abstract Object whole() throws Exception;

    final void bind(Object object) {
        naming.bind(object);
    }

    @Override
    public final Loader<EntryTable> open() throws Exception {
        return naming.open(Naming.NAME, options);
    }

    @Override
    public void breakIt() throws Exception {
        naming.bind(42);
    }

    @Override
    public void takeAway() throws Exception {
        naming.unbind();
    }

    @Override
    public void slowDown() throws Exception {
        naming.hang();
    }

    @Override
    public boolean isWaiting() throws Exception {
        return naming.isWaiting();
    }

    @Override
    public void repair() throws Exception {
        naming.bind(whole());
        naming.answer();
    }

    @Override
    public void stop() throws Exception {
        naming.answer();
    }
}
