/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.store.StoreException;

/** Receiver of the certificates of a file, one after the other. */
@FunctionalInterface
public interface CertificateSink {

    /**
     * Adds the next certificate.
     *
     * @throws StoreException if it cannot be used
     */
    void add(NamedCertificate listed) throws StoreException;
}
