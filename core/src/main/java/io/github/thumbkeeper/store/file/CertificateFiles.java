/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates on disk: one file of them, or a directory of such files. Used by one thread at a time. */
public sealed interface CertificateFiles permits CertificateFile, CertificateDirectory {

    /**
     * Returns the certificates of a file or directory; which of the two is decided now, nothing else is read.
     *
     * @param name what messages call it
     */
    static CertificateFiles at(String name, Path path, KeyStoreOptions options) {
        return Files.isDirectory(path)
                ? new CertificateDirectory(name, path)
                : new CertificateFile(name, path, options);
    }

    /**
     * Reads all certificates, or none.
     *
     * @param previous what the last successful call gave, or null
     * @return the certificates; {@code previous} itself if nothing has changed
     * @throws StoreException if anything cannot be read
     */
    Reading read(@Nullable Reading previous) throws StoreException;

    /**
     * What was read.
     *
     * <p>Immutable and safe to share between threads.
     *
     * @param certificates the certificates in the order of file or alias
     * @param warnings what the administrator should know, each a sentence
     * @param state what is needed to notice a change
     */
    record Reading(List<NamedCertificate> certificates, List<String> warnings, Object state) {
        public Reading {
            certificates = List.copyOf(certificates);
            warnings = List.copyOf(warnings);
        }
    }
}
