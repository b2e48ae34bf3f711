/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.FilePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Changes a folder of certificates: PEM files and the list {@code clients.list}.
 *
 * <p>{@code store="conf/clients"} of a gate reads the same folder. Set {@code deny="conf/clients/.denied"} there to deny the
 * certificates of denied entries by issuer and serial number too, with {@code allowEmptyStore=true} as long as there are none.
 *
 * <pre>{@code
 * EntryWriter writer = DirectoryEntryWriter.open("conf/clients", base.resolve("conf/clients"), Clock.systemUTC());
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @see FolderJournal
 */
public final class DirectoryEntryWriter implements EntryWriter {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final System.Logger log = LogTopic.STORE.logger();
    private final String location;
    private final Path folder;
    private final InstantSource clock;
    private final Duration patience;
    private final WritePoint point;
    private final FolderContent.Reader reader;
    private final FolderHistory history;
    private final RecentSnapshots recent = new RecentSnapshots();

    /** What a reader was last warned of; empty if nothing is left of an interrupted change. */
    private volatile String unfinished = "";

    private DirectoryEntryWriter(
            String location, Path folder, InstantSource clock, Duration patience, WritePoint point) {
        this.location = location;
        this.folder = folder;
        this.clock = clock;
        this.patience = patience;
        this.point = point;
        this.reader = new FolderContent.Reader(location, folder, clock);
        this.history = new FolderHistory(folder);
    }

    /**
     * Opens a folder, and completes or drops what a killed writer has left.
     *
     * @param location the folder as messages name it
     * @param clock gives the times of the history
     * @throws StoreException if the folder does not exist, cannot be read as a gate reads it, or cannot be written to
     */
    public static DirectoryEntryWriter open(String location, Path folder, InstantSource clock) throws StoreException {
        return open(location, folder, clock, PATIENCE, WritePoint.NONE);
    }

    static DirectoryEntryWriter open(
            String location, Path folder, InstantSource clock, Duration patience, WritePoint point)
            throws StoreException {
        FilePaths.requireNoParent(location, folder);
        if (!Files.isDirectory(folder)) {
            throw new StoreException(
                    location, "is not a folder that can be read; expected an existing folder for clients", null);
        }
        try {
            DirectoryEntryWriter writer =
                    new DirectoryEntryWriter(location, folder.toRealPath(), clock, patience, point);
            writer.read();
            Files.createDirectories(writer.folder.resolve(FolderJournal.DENIED));
            return writer;
        } catch (IOException e) {
            throw new StoreException(location, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Work under the lock. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, StoreException;
    }

    private <T> T locked(String doing, boolean writing, Work<T> work) throws StoreException {
        FolderLock lock = FolderLock.take(location, folder, patience);
        try {
            recover(writing);
            return work.run();
        } catch (IOException e) {
            throw new StoreException(
                    location,
                    "cannot be " + doing + " ("
                            + (e instanceof FolderJournal.StepException
                                    ? e.getMessage()
                                    : e.getClass().getSimpleName())
                            + ")",
                    e);
        } finally {
            lock.close();
        }
    }

    /** Completes what a killed writer has left. If that fails, the folder can still be read, but not written to. */
    private void recover(boolean writing) throws IOException, StoreException {
        try {
            recover();
            unfinished = "";
        } catch (IOException e) {
            String why = e instanceof FolderJournal.StepException
                    ? String.valueOf(e.getMessage())
                    : "it fails to read [" + FolderJournal.NAME + "] or [" + FolderJournal.LIST + "] ("
                            + e.getClass().getSimpleName() + ")";
            if (writing) {
                throw new StoreException(
                        location,
                        "is not changed, because what an interrupted change has left cannot be cleared: " + why
                                + "; expected to mend that first",
                        e);
            }
            if (!why.equals(unfinished)) {
                unfinished = why;
                log.log(
                        System.Logger.Level.WARNING,
                        "store [" + location + "] cannot clear what an interrupted change has left: " + why
                                + "; it can be read, and is not changed until that is mended");
            }
        }
    }

    /** Completes a change whose intent is durable, and drops one whose intent is not. */
    private void recover() throws IOException, StoreException {
        clearTemporary(folder);
        if (!Files.isSymbolicLink(folder.resolve(FolderJournal.DENIED))) {
            clearTemporary(folder.resolve(FolderJournal.DENIED));
        }
        Path file = folder.resolve(FolderJournal.NAME);
        Optional<byte[]> left = Files.isSymbolicLink(file) ? Optional.of(new byte[0]) : FolderFiles.read(file);
        if (left.isEmpty()) {
            return;
        }
        Optional<FolderJournal> journal = FolderJournal.parse(left.get());
        if (journal.isEmpty() || !journal.get().staysWithin(folder)) {
            drop(journal, "it is damaged, or names files other than certificates directly within the folder");
            return;
        }
        try {
            journal.get().run(folder, history, WritePoint.NONE);
            log.log(System.Logger.Level.INFO, "store [" + location + "] has completed a change that was interrupted");
        } catch (FolderJournal.ListChangedException e) {
            // The list alone decides what is admitted, so nothing half-done is left.
            drop(journal, "[" + FolderJournal.LIST + "] was changed by hand since");
        }
    }

    private static void clearTemporary(Path place) throws IOException {
        FolderJournal.step("delete", FolderFiles.TEMPORARY, () -> FolderFiles.deleteTemporary(place));
    }

    /** Drops a change; what it did nevertheless is recorded, so that the history has everything that is in force. */
    private void drop(Optional<FolderJournal> journal, String why) throws IOException, StoreException {
        boolean visible =
                journal.isPresent() && journal.get().isVisibleIn(reader.read().entries());
        if (visible) {
            FolderJournal.step(
                    "append to",
                    FolderHistory.NAME,
                    () -> history.append(journal.get().records()));
        }
        FolderJournal.step(
                "rename",
                FolderJournal.NAME,
                () -> FolderFiles.rename(folder, FolderJournal.NAME, FolderJournal.DROPPED));
        log.log(
                System.Logger.Level.WARNING,
                "store [" + location + "] has dropped a change that was interrupted, because " + why
                        + (visible
                                ? "; part of it is in force, and the history has it"
                                : "; make the change again if it is still wanted")
                        + "; its journal is now [" + FolderJournal.DROPPED + "]");
    }

    @Override
    public EntrySnapshot read() throws StoreException {
        return locked("read", false, () -> recent.keep(snapshot(reader.read())));
    }

    private EntrySnapshot snapshot(FolderContent content) throws IOException {
        return new EntrySnapshot(EntryVersion.of(history.last(), content.entries()), content.entries());
    }

    @Override
    public WriteResult apply(EntryVersion version, String actor, List<EntryChange> changes) throws StoreException {
        return locked("written", true, () -> applyLocked(version, actor, changes));
    }

    private WriteResult applyLocked(EntryVersion version, String actor, List<EntryChange> changes)
            throws IOException, StoreException {
        FolderContent content = reader.read();
        EntrySnapshot now = snapshot(content);
        if (!now.version().equals(version)) {
            return recent.conflict(version, now, count -> newest(Long.MAX_VALUE, count));
        }
        EntryPlanner.Plan plan = EntryPlanner.plan(now.entries(), actor, changes, this::find);
        if (plan instanceof EntryPlanner.Impossible impossible) {
            return new WriteResult.Rejected(impossible.problems());
        }
        EntryPlanner.Possible possible = (EntryPlanner.Possible) plan;
        if (possible.changes().isEmpty()) {
            return new WriteResult.Applied(recent.keep(now), List.of());
        }
        List<HistoryRecord> records = possible.records(now.version().changes(), clock.instant(), actor);
        FolderPlanner planner = new FolderPlanner(folder, content, possible.entries());
        FolderJournal journal = planner.plan(records);
        if (!planner.problems().isEmpty()) {
            return new WriteResult.Rejected(planner.problems());
        }
        journal.write(folder, point);
        try {
            journal.run(folder, history, point);
        } catch (FolderJournal.ListChangedException e) {
            Files.deleteIfExists(folder.resolve(FolderJournal.NAME));
            return recent.conflict(version, snapshot(reader.read()), count -> newest(Long.MAX_VALUE, count));
        }
        WriteLog.log(log, location, records);
        EntryVersion next = EntryVersion.of(records.get(records.size() - 1).number(), possible.entries());
        return new WriteResult.Applied(recent.keep(new EntrySnapshot(next, possible.entries())), records);
    }

    private Optional<HistoryRecord> find(long number) throws StoreException {
        try {
            return history.find(number);
        } catch (IOException e) {
            throw historyUnreadable(e);
        }
    }

    private List<HistoryRecord> newest(long before, int count) throws StoreException {
        try {
            return history.before(before, count);
        } catch (IOException e) {
            throw historyUnreadable(e);
        }
    }

    private StoreException historyUnreadable(IOException e) {
        return new StoreException(
                location,
                "has a history that cannot be read ("
                        + SafeText.text(e.getClass().getSimpleName()) + ")",
                e);
    }

    @Override
    public HistoryPage history(long before, int size) throws StoreException {
        int most = WriteLog.requirePageSize(size);
        return locked("read", false, () -> HistoryPage.of(history.before(before, most + 1), most));
    }
}
