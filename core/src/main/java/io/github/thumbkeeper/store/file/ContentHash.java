/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 of the content of a file, by which a change is recognised. Immutable and thread-safe. */
record ContentHash(long first, long second, long third, long fourth) {

    /** Finishes a digest. */
    static ContentHash of(MessageDigest sha256) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new ContentHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }
}
