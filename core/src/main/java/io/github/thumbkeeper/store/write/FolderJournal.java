/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.file.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a folder, written down as a whole before its first step. It is complete once its file has its name; a writer that was
 * killed afterwards is completed by the next one.
 *
 * <p>The order of the steps keeps every state between them as strict as the old state or the new one. The list alone decides what is
 * admitted, because each certificate that a writer handles has a line in it. So a certificate's file is removed before its line
 * changes, and written after its line is there: without its file, the line says the same by its thumbprint. The file of a denied
 * certificate is written to the folder of denied certificates first and removed from there last.
 *
 * <p>Immutable and thread-safe.
 *
 * @param base the hash of the list before, or {@link #NO_LIST}
 * @param denied files to write to the folder of denied certificates
 * @param deleted names of files to delete
 * @param list the new list
 * @param created files to write
 * @param released names of files to delete from the folder of denied certificates
 * @param records the records for the history
 */
record FolderJournal(
        String base,
        List<Content> denied,
        List<String> deleted,
        String list,
        List<Content> created,
        List<String> released,
        List<HistoryRecord> records) {

    /** Name of the file. */
    static final String NAME = ".clients.journal";

    /** Name of a journal that was not completed. */
    static final String DROPPED = ".clients.journal.dropped";

    /** Name of the list. */
    static final String LIST = "clients.list";

    /** Name of the folder of denied certificates. */
    static final String DENIED = ".denied";

    /** The hash of a list that does not exist. */
    static final String NO_LIST = "none";

    private static final String BEGIN = "thumbkeeper 1";

    /** A file to write. */
    record Content(String name, String text) {}

    /** Returns the hash of a list. */
    static String hash(Optional<byte[]> list) {
        return list.map(bytes -> HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest(bytes)))
                .orElse(NO_LIST);
    }

    /** Returns the hash of the new list. */
    String result() {
        return hash(Optional.of(list.getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes the intent durable. */
    void write(Path folder, WritePoint point) throws IOException {
        FolderFiles.replace(folder, NAME, format().getBytes(StandardCharsets.UTF_8), point);
        FolderFiles.sync(folder);
        point.reached("journal durable");
    }

    /** A step that cannot be made; the message names it and its file. */
    static final class StepException extends IOException {
        private static final long serialVersionUID = 1L;

        StepException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The list is neither the one before nor the one after: another program has changed it. */
    static final class ListChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ListChangedException() {
            super(LIST + " was changed by another program");
        }
    }

    /** Work of one step. */
    @FunctionalInterface
    interface Step {
        void make() throws IOException;
    }

    /** Makes one step. */
    static void step(String doing, String name, Step step) throws IOException {
        try {
            step.make();
        } catch (ListChangedException e) {
            throw e;
        } catch (IOException | InvalidPathException e) {
            throw new StepException(
                    "it fails to " + doing + " " + SafeText.quoted(name) + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    /**
     * Returns whether each step is about a certificate file directly within the folder, or within that of denied certificates. A
     * journal is a file that others may have written, so its names are not believed.
     */
    boolean staysWithin(Path folder) {
        Path deniedFolder = folder.resolve(DENIED);
        return !Files.isSymbolicLink(deniedFolder)
                && denied.stream().allMatch(each -> isWithin(deniedFolder, each.name))
                && released.stream().allMatch(each -> isWithin(deniedFolder, each))
                && created.stream().allMatch(each -> isWithin(folder, each.name))
                && deleted.stream().allMatch(each -> isWithin(folder, each));
    }

    private static boolean isWithin(Path folder, String name) {
        if (!FileNames.CERTIFICATES.isWanted(name)) {
            return false;
        }
        try {
            Path file = folder.resolve(name);
            return folder.equals(file.getParent())
                    && folder.equals(file.normalize().getParent())
                    && !Files.isSymbolicLink(file);
        } catch (InvalidPathException e) {
            // No file has this name in the locale of this process; the step itself fails, and nothing else is made.
            return true;
        }
    }

    /** Returns whether the entries have what this change did to at least one of them. */
    boolean isVisibleIn(List<ListedEntry> entries) {
        Map<CertificateDigest, ListedEntry> now = new HashMap<>();
        entries.forEach(entry -> now.put(entry.digest(), entry.withCertificate(null)));
        Map<CertificateDigest, Optional<ListedEntry>> earlier = new HashMap<>();
        Map<CertificateDigest, Optional<ListedEntry>> later = new HashMap<>();
        for (HistoryRecord each : records) {
            for (EntryStep step : each.steps()) {
                earlier.putIfAbsent(step.digest(), step.earlier());
                later.put(step.digest(), step.later());
            }
        }
        return later.entrySet().stream().anyMatch(each -> {
            Optional<ListedEntry> after = each.getValue().map(entry -> entry.withCertificate(null));
            return !each.getValue().equals(earlier.get(each.getKey()))
                    && after.equals(Optional.ofNullable(now.get(each.getKey())));
        });
    }

    /**
     * Makes the steps. Each may have been made before.
     *
     * @throws ListChangedException if the list was changed by another program; then the steps of this call are undone
     */
    void run(Path folder, FolderHistory history, WritePoint point) throws IOException {
        requireList(folder);
        Path deniedFolder = folder.resolve(DENIED);
        List<String> newlyDenied = denied.stream()
                .map(Content::name)
                .filter(name -> !Files.exists(deniedFolder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList();
        Map<String, byte[]> gone = new LinkedHashMap<>();
        for (String each : deleted) {
            step("read", each, () -> FolderFiles.read(folder.resolve(each)).ifPresent(bytes -> gone.put(each, bytes)));
        }
        if (!denied.isEmpty()) {
            if (!Files.isDirectory(deniedFolder, LinkOption.NOFOLLOW_LINKS)) {
                step("create", DENIED, () -> Files.createDirectory(deniedFolder));
                FolderFiles.sync(folder);
                point.reached("folder of denied certificates created");
            }
            writeAll(deniedFolder, denied, point);
        }
        deleteAll(folder, deleted, point);
        try {
            byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
            step("write", LIST, () -> FolderFiles.replace(folder, LIST, bytes, point, () -> requireList(folder)));
        } catch (ListChangedException e) {
            undo(folder, newlyDenied, gone);
            throw e;
        }
        FolderFiles.sync(folder);
        point.reached("list durable");
        writeAll(folder, created, point);
        deleteAll(deniedFolder, released, point);
        step("append to", FolderHistory.NAME, () -> history.append(records));
        point.reached("history appended");
        step("delete", NAME, () -> Files.deleteIfExists(folder.resolve(NAME)));
        point.reached("journal deleted");
    }

    /** Requires that the list has not changed since the change was planned. */
    private void requireList(Path folder) throws IOException {
        String now = hash(FolderFiles.read(folder.resolve(LIST)));
        if (!now.equals(base) && !now.equals(result())) {
            throw new ListChangedException();
        }
    }

    private static void undo(Path folder, List<String> newlyDenied, Map<String, byte[]> gone) throws IOException {
        FolderFiles.deleteTemporary(folder);
        for (Map.Entry<String, byte[]> each : gone.entrySet()) {
            step(
                    "write",
                    each.getKey(),
                    () -> FolderFiles.replace(folder, each.getKey(), each.getValue(), WritePoint.NONE));
        }
        deleteAll(folder.resolve(DENIED), newlyDenied, WritePoint.NONE);
        FolderFiles.sync(folder);
    }

    private static void writeAll(Path folder, List<Content> files, WritePoint point) throws IOException {
        for (Content each : files) {
            byte[] bytes = each.text.getBytes(StandardCharsets.UTF_8);
            step("write", each.name, () -> FolderFiles.replace(folder, each.name, bytes, point));
        }
        if (!files.isEmpty()) {
            FolderFiles.sync(folder);
            point.reached("files durable");
        }
    }

    private static void deleteAll(Path folder, List<String> names, WritePoint point) throws IOException {
        for (String each : names) {
            step("delete", each, () -> Files.deleteIfExists(folder.resolve(each)));
            point.reached("deleted " + each);
        }
        if (!names.isEmpty()) {
            FolderFiles.sync(folder);
            point.reached("deletions durable");
        }
    }

    private String format() {
        List<String> lines = new ArrayList<>(List.of(BEGIN, "base " + base, "list " + encoded(list)));
        denied.forEach(each -> lines.add("deny " + encoded(each.name) + " " + encoded(each.text)));
        deleted.forEach(each -> lines.add("delete " + encoded(each)));
        created.forEach(each -> lines.add("create " + encoded(each.name) + " " + encoded(each.text)));
        released.forEach(each -> lines.add("release " + encoded(each)));
        records.forEach(each -> lines.add("record " + encoded(HistoryCodec.format(each))));
        String text = String.join("\n", lines) + "\n";
        return text + "end " + hash(Optional.of(text.getBytes(StandardCharsets.UTF_8))) + "\n";
    }

    /** Parses a journal; empty if it is incomplete or damaged. */
    static Optional<FolderJournal> parse(byte[] bytes) {
        try {
            return parseLines(bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<FolderJournal> parseLines(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.UTF_8);
        int end = all.lastIndexOf("end ");
        if (end < 0 || !all.startsWith(BEGIN + "\n")) {
            return Optional.empty();
        }
        String text = all.substring(0, end);
        if (!all.substring(end).equals("end " + hash(Optional.of(text.getBytes(StandardCharsets.UTF_8))) + "\n")) {
            return Optional.empty();
        }
        String base = NO_LIST;
        String list = "";
        List<Content> denied = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        List<Content> created = new ArrayList<>();
        List<String> released = new ArrayList<>();
        List<HistoryRecord> records = new ArrayList<>();
        for (String line : text.substring(BEGIN.length() + 1).strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "base" -> base = words[1];
                case "list" -> list = decoded(words[1]);
                case "deny" -> denied.add(new Content(decoded(words[1]), decoded(words[2])));
                case "delete" -> deleted.add(decoded(words[1]));
                case "create" -> created.add(new Content(decoded(words[1]), decoded(words[2])));
                case "release" -> released.add(decoded(words[1]));
                case "record" -> HistoryCodec.parse(decoded(words[1])).ifPresent(records::add);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new FolderJournal(base, denied, deleted, list, created, released, records));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
