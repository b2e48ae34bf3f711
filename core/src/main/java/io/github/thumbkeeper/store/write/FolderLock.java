/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a folder, held by one thread of one process at a time.
 *
 * <p>A lock of the operating system is held by a process, so that the threads of a process need a lock of their own. Not
 * thread-safe; {@link #take} is.
 */
final class FolderLock implements AutoCloseable {

    /** Name of the lock file, which stays: a removed file could be locked by two processes at once. */
    static final String NAME = ".clients.lock";

    private static final Duration POLL = Duration.ofMillis(3);
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel channel;

    private FolderLock(ReentrantLock thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param folder the real path of the folder
     * @throws StoreException if another writer keeps it for longer than the limit, or the lock file cannot be written
     */
    static FolderLock take(String location, Path folder, Duration limit) throws StoreException {
        ReentrantLock thread = THREADS.computeIfAbsent(folder, path -> new ReentrantLock(true));
        long end = System.nanoTime() + limit.toNanos();
        try {
            if (!thread.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(location, limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(location, "was not locked: the thread was interrupted", e);
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    folder.resolve(NAME),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            while (tryLock(channel) == null) {
                if (System.nanoTime() - end > 0) {
                    throw busy(location, limit);
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
            taken = true;
            return new FolderLock(thread, channel);
        } catch (IOException e) {
            throw new StoreException(
                    location,
                    "cannot be written to: its lock file [" + NAME + "] cannot be opened ("
                            + e.getClass().getSimpleName() + "); expected a folder that the user of this process, ["
                            + System.getProperty("user.name") + "], may write to",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(location, "was not locked: the thread was interrupted", e);
        } finally {
            if (!taken) {
                close(channel);
                thread.unlock();
            }
        }
    }

    private static StoreException busy(String location, Duration limit) {
        return new StoreException(
                location,
                "is locked by another writer for more than " + limit.toSeconds() + " s; expected writers to finish",
                null);
    }

    /** Returns null while another process, or another copy of this class in this process, has the lock. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written to it; the process gives the lock back at its end.
        }
    }

    @Override
    public void close() {
        close(channel);
        thread.unlock();
    }
}
