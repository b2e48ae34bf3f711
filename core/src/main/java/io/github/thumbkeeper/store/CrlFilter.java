/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.security.cert.X509CRL;
import org.jspecify.annotations.Nullable;

/**
 * What is made of certificate revocation lists, and what speaks against them.
 *
 * @param <T> what is made of a list
 */
public interface CrlFilter<T> {

    /** Makes it; never fails. */
    T of(X509CRL list);

    /** Returns what speaks against using it at present, or null. */
    @Nullable
    String objection(T item);
}
