/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import org.jspecify.annotations.Nullable;

/** A place where listed certificates live. Implementations are used by one thread at a time. */
public interface CertificateStore {

    /** Returns the store as the settings name it. */
    String location();

    /**
     * Reads the store completely.
     *
     * @param previous what the last successful call gave, or null at the start
     * @return what the store lists now; {@code previous} itself when nothing has changed
     * @throws StoreException if it cannot be read completely; then what it listed before stays in force
     */
    Contents load(@Nullable Contents previous) throws StoreException;
}
