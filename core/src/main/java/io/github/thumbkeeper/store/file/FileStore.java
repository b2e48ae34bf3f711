/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file: a key store, PEM, DER or a list of thumbprints, told by its content.
 *
 * <p>The label is the alias, in PEM and DER the file name without extension, cut at the first {@code #}. A change is
 * noticed by the SHA-256 of the content.
 */
public final class FileStore implements Loader<EntryTable> {

    private final StoreFile file;
    private final KeyStoreOptions options;
    private final boolean denying;
    private final InstantSource clock;
    private @Nullable Object seen;

    /**
     * Names a file; nothing is read yet.
     *
     * @param options how a key store is read
     * @param denying whether the entries are denied
     * @param clock tells which certificates to warn of as expired
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
        // One with another stamp has most likely changed, and to read it is to hash it.
        if (previous != null
                && before != null
                && stamp.equals(seen)
                && file.hash().equals(before.hash())) {
            return previous;
        }
        StoreFile.Streamed<FileSink> streamed = file.stream(FileSink::new);
        boolean same = before != null && streamed.hash().equals(before.hash());
        Loaded<EntryTable> now = previous != null && same ? previous : contents(streamed, before);
        seen = stamp;
        return now;
    }

    private Loaded<EntryTable> contents(StoreFile.Streamed<FileSink> streamed, @Nullable State before)
            throws StoreException {
        ThumbprintList list = streamed.sink().toList(location());
        if (list != null) {
            return contents(entries(list), new State(streamed.hash(), true), before);
        }
        byte[] bytes = streamed.sink().bytes();
        StoreFile.Content content = bytes == null ? file.read() : new StoreFile.Content(bytes, streamed.hash());
        boolean text = FileKind.of(content.bytes()) == FileKind.TEXT;
        CertificateEntries read =
                text ? entries(ThumbprintList.parse(location(), content.bytes())) : parseCertificates(content);
        return contents(read, new State(content.hash(), text), before);
    }

    private Loaded<EntryTable> contents(CertificateEntries read, State now, @Nullable State before)
            throws StoreException {
        if (now.list() && read.entries().isEmpty() && before != null && !before.list()) {
            // The text that may stand before the first PEM block is a list of nothing when the rest is not there yet.
            throw new StoreException(
                    location(), "held certificates and now is text without any; is it half written?", null);
        }
        return new Loaded<>(read.entries(), read.warnings(), List.of(), now);
    }

    private CertificateEntries entries(ThumbprintList list) {
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), file.path()));
        warnings.addAll(list.warnings());
        return new CertificateEntries(list.entries(), warnings);
    }

    private CertificateEntries parseCertificates(StoreFile.Content content) throws StoreException {
        CertificateEntries.Collector collector = new CertificateEntries.Collector(location(), clock.instant(), denying);
        return collector.build(CertificateFile.read(file, content, options, collector));
    }

    private record State(String hash, boolean list) {}
}
