/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.security.cert.X509CRL;
import org.jspecify.annotations.Nullable;

/**
 * Converts CRLs that were read, and refuses those that cannot be used.
 *
 * @param <T> what a CRL is converted to
 */
public interface CrlFilter<T> {

    /** Converts a CRL. Never throws. */
    T of(X509CRL list);

    /** Returns why it cannot be used at present, or null if it can. */
    @Nullable
    String objection(T item);
}
