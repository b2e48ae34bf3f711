/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a file as it comes: what begins like a list of thumbprints is read at once and never held whole,
 * anything else is kept. Used by one thread.
 */
final class FileSink extends OutputStream {

    private @Nullable ThumbprintListParser list;
    private @Nullable ByteArrayOutputStream whole;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (list == null && whole == null) {
            begin(FileKind.of(Arrays.copyOfRange(bytes, offset, offset + length)));
        }
        if (whole != null) {
            whole.write(bytes, offset, length);
        } else if (list != null && !list.hasProblems()) {
            list.read(bytes, offset, offset + length);
        }
    }

    private void begin(FileKind kind) {
        if (kind == FileKind.TEXT) {
            list = new ThumbprintListParser(Set.of());
        } else {
            whole = new ByteArrayOutputStream();
        }
    }

    /** Returns the list, or null if the file is none without flaw: then only the whole of it tells what it is. */
    @Nullable
    ThumbprintList toList(String file) {
        if (list == null) {
            return null;
        }
        list.end();
        if (list.hasProblems()) {
            return null;
        }
        EntryTable entries = list.entries();
        return entries.repeated().isEmpty() ? ThumbprintList.of(file, entries, list) : null;
    }

    /** Returns the content, or null if it was not kept. */
    byte @Nullable [] bytes() {
        return whole == null ? null : whole.toByteArray();
    }
}
