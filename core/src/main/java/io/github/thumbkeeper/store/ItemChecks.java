/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of rules, trust anchors and CRLs: at start-up all of them must be usable; later a loader's own rules suffice. */
record ItemChecks<T>(String location, String noun, Reloader.Admission<T> admission) implements ReloadChecks<List<T>> {

    @Override
    public int size(List<T> value) {
        return value.size();
    }

    @Override
    public Loaded<List<T>> check(Loaded<List<T>> read, @Nullable List<T> before) throws StoreException {
        if (before == null) {
            read.requireWhole(location);
            String objection = admission.objection(read.value());
            if (objection != null) {
                throw new StoreException(location, objection + read.ignored(), null);
            }
        }
        return read;
    }

    @Override
    public @Nullable String changes(List<T> before, List<T> now) {
        if (before.equals(now)) {
            return null;
        }
        return before.size() == now.size()
                ? "other " + noun + " than before"
                : now.size() + " " + noun + " instead of " + before.size();
    }
}
