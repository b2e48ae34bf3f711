/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Recognises that a single file is unchanged without reading it, by the rules of {@link KnownFiles}. Not thread-safe.
 */
final class FileWatch {

    private final Path path;
    private final FileSystemAccess files;
    private final LongSupplier ticker;

    private FileStamp stamp = FileStamp.NONE;
    private long since;
    private boolean old;
    private boolean settled;
    private @Nullable Object outcome;
    private int looks;

    FileWatch(Path path, FileSystemAccess files, LongSupplier ticker) {
        this.path = path;
        this.files = files;
        this.ticker = ticker;
    }

    /**
     * Looks at the file.
     *
     * @param before what was made of it
     * @return whether that still holds; otherwise the file must be read now
     */
    @SuppressWarnings("ReferenceEquality") // what was made of the file is recognised by its identity
    boolean isUnchanged(@Nullable Object before) {
        looks++;
        FileStamp now = stamp();
        if (!now.isKnown() || !now.equals(stamp)) {
            stamp = now;
            since = ticker.getAsLong();
            outcome = null;
            settled = false;
        }
        old = KnownFiles.isOld(since, ticker.getAsLong());
        // A file that must be read is not believed again before it has been: the reading may fail.
        settled = settled
                && before != null
                && before == outcome
                && looks % DirectoryReader.LOOKS_PER_FULL_READING != 0
                && LocalFileSystems.isLocal(path, files);
        return settled;
    }

    /** Notes what was made of the content that was read since the last look. */
    @SuppressWarnings("ReferenceEquality") // as above
    void read(Object now) {
        settled = old && stamp.isKnown() && now == outcome;
        outcome = now;
    }

    private FileStamp stamp() {
        try {
            return files.hasUnixAttributes(path) ? FileStamp.behind(path, files) : FileStamp.NONE;
        } catch (IOException | RuntimeException e) {
            // Reading the file reports the problem.
            return FileStamp.NONE;
        }
    }
}
