/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.util.Collection;
import java.util.stream.Collectors;

/** Tells of all bad files of a directory in one exception. */
public final class BadFiles {

    private static final int TOLD = 20;

    private BadFiles() {}

    public static StoreException of(String directory, Collection<StoreException> failures) {
        String told =
                failures.stream().limit(TOLD).map(StoreException::getMessage).collect(Collectors.joining("; "));
        String more = failures.size() > TOLD ? "; and " + (failures.size() - TOLD) + " more" : "";
        StoreException all =
                new StoreException(directory, "has " + failures.size() + " bad files: " + told + more, null);
        failures.stream().limit(TOLD).forEach(all::addSuppressed);
        return all;
    }
}
