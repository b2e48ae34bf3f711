/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.io.ByteArrayOutputStream;

/** Receives the content of a file, and hands it over without a copy if the file has the expected size. Not thread-safe. */
final class ContentBuffer extends ByteArrayOutputStream {

    /**
     * Starts empty.
     *
     * @param size the expected number of bytes
     */
    ContentBuffer(long size) {
        super(Math.toIntExact(size));
    }

    /** Returns the content; nothing may be written after that. */
    @Override
    public synchronized byte[] toByteArray() {
        return count == buf.length ? buf : super.toByteArray();
    }
}
