/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.FileFormats;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.store.StoreException;

/** Reads a thumbprint list, and names the format of a file that is something else. Thread-safe. */
final class ThumbprintFile {

    private static final String PASSWORD =
            "; if the file has a password, name it in storePasswordFile or trustStorePasswordFile";

    private ThumbprintFile() {}

    /**
     * Reads the bytes of a list file.
     *
     * @throws StoreException if any line is bad; the message names the bad lines, or the format of the file if it is known
     */
    static ThumbprintList parse(String file, byte[] bytes) throws StoreException {
        try {
            return ThumbprintList.parse(file, bytes);
        } catch (StoreException e) {
            String password = FileFormats.isOneWord(bytes) ? PASSWORD : "";
            throw FileFormats.of(bytes)
                    .filter(format -> format != ContentFormat.CERTIFICATE)
                    .map(format -> new StoreException(file, format.sentence(), null))
                    .orElseGet(() -> new StoreException(file, e.why() + password, e));
        }
    }
}
