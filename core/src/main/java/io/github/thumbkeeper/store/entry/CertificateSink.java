/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Receiver of the certificates of a file, one after the other. */
@FunctionalInterface
public interface CertificateSink {

    /**
     * Adds the next certificate.
     *
     * @param name its alias or the file's name without extension, or null if it has no name
     * @throws StoreException if it cannot be used
     * @throws CertificateFormatException if its object was needed, and the JDK refuses to make one
     */
    void add(@Nullable String name, CheckedCertificate certificate) throws StoreException, CertificateFormatException;
}
