/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the entries of a file: a key store, PEM, DER or a thumbprint list, recognised by its content.
 *
 * <p>The label is the alias, in PEM and DER the file name without extension, cut at the first {@code #}. A change is detected
 * by the SHA-256 of the content.
 *
 * <p>Not thread-safe.
 */
public final class FileStore implements Loader<EntryTable> {

    private final StoreFile file;
    private final KeyStoreOptions options;
    private final boolean denying;
    private final InstantSource clock;
    private @Nullable Object lastStamp;

    /**
     * Creates a loader; nothing is read yet.
     *
     * @param options for reading a key store
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public FileStore(String location, Path path, KeyStoreOptions options, boolean denying, InstantSource clock) {
        this.file = new StoreFile(location, path);
        this.options = options;
        this.denying = denying;
        this.clock = clock;
    }

    @Override
    public String location() {
        return file.name();
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        State before = previous == null ? null : (State) previous.state();
        Object stamp = file.stamp();
        // With another stamp, the file has most likely changed, and reading it computes the hash anyway.
        if (previous != null
                && before != null
                && stamp.equals(lastStamp)
                && file.hash().equals(before.hash())) {
            return previous;
        }
        long size = file.size();
        StoreFile.Streamed<Sink> streamed = file.stream(() -> new Sink(size));
        boolean same = before != null && streamed.hash().equals(before.hash());
        Loaded<EntryTable> now = previous != null && same
                ? previous
                : loaded(streamed.sink().finish(location()), streamed.hash(), before);
        lastStamp = stamp;
        return now;
    }

    /** Makes the result of the first pass, after a second one for text that needs it. */
    private Loaded<EntryTable> loaded(FirstPass pass, ContentHash hash, @Nullable State before) throws StoreException {
        if (pass instanceof ValidList valid) {
            return loaded(valid.list(), new State(hash, true), before);
        }
        StoreFile.Content content =
                pass instanceof OtherContent other ? new StoreFile.Content(other.bytes(), hash) : file.read();
        State now = new State(content.hash(), FileKind.of(content.bytes()) == FileKind.TEXT);
        return now.isList()
                ? loaded(ThumbprintFile.parse(location(), content.bytes()), now, before)
                : loaded(content, now);
    }

    private Loaded<EntryTable> loaded(ThumbprintList list, State now, @Nullable State before) throws StoreException {
        if (list.entries().isEmpty() && before != null && !before.isList()) {
            // A PEM file that is being written may so far have only the text in front of its first block, an empty
            // list.
            throw new StoreException(
                    location(), "had certificates and is now text without any; is it half written?", null);
        }
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), file.path()));
        warnings.addAll(list.warnings());
        return new Loaded<>(list.entries(), warnings, List.of(), now);
    }

    private Loaded<EntryTable> loaded(StoreFile.Content content, State now) throws StoreException {
        if (FileKind.of(content.bytes()) == FileKind.UNKNOWN && TextEncoding.isUtf16(content.bytes())) {
            // PowerShell 5.1 writes what another program prints so.
            throw new StoreException(location(), "is text in UTF-16; save it as UTF-8", null);
        }
        CertificateEntries.Collector collector = new CertificateEntries.Collector(location(), clock.instant(), denying);
        CertificateEntries read = collector.build(CertificateFile.read(file, content, options, collector));
        return new Loaded<>(read.entries(), read.warnings(), List.of(), now);
    }

    /** State of a result: the hash of the content, and whether the content was a thumbprint list. */
    private record State(ContentHash hash, boolean isList) {}

    /** Result of reading the file once, piece by piece. */
    private sealed interface FirstPass {}

    /** A thumbprint list without problems; its text was never held as a whole. */
    private record ValidList(ThumbprintList list) implements FirstPass {}

    /** Content that does not begin like a thumbprint list. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OtherContent(byte[] bytes) implements FirstPass {}

    /** Text with problems: it must be read again, as a whole, to find out its kind and to describe the problems. */
    private record UnclearText() implements FirstPass {}

    /**
     * Receives the content of a file. Content that begins like a thumbprint list is parsed at once, because a list may be too
     * large to be held as a whole; other content is kept.
     */
    private static final class Sink extends OutputStream {

        private final long size;
        private @Nullable ThumbprintListParser list;
        private @Nullable ContentBuffer other;
        private boolean begun;

        Sink(long size) {
            this.size = size;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (!begun) {
                begun = true;
                boolean text = FileKind.of(Arrays.copyOfRange(bytes, offset, offset + length)) == FileKind.TEXT;
                list = text ? new ThumbprintListParser(Set.of()) : null;
                other = text ? null : new ContentBuffer(size);
            }
            if (other != null) {
                other.write(bytes, offset, length);
            } else if (list != null && !list.hasProblems()) {
                list.read(bytes, offset, offset + length);
            }
        }

        FirstPass finish(String name) {
            if (list == null) {
                return new OtherContent(other == null ? new byte[0] : other.toByteArray());
            }
            list.end();
            if (list.hasProblems()) {
                return new UnclearText();
            }
            EntryTable entries = list.entries();
            return entries.repeated().isEmpty()
                    ? new ValidList(ThumbprintList.of(name, entries, list))
                    : new UnclearText();
        }
    }
}
