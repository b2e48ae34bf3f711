/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

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
public final class FileStore implements CertificateStore {

    private final StoreFile file;
    private final StoreOptions options;
    private final InstantSource clock;

    /**
     * Names a file; nothing is read yet.
     *
     * @param options how a key store is read
     * @param clock tells which certificates to warn of as expired
     */
    public FileStore(String location, Path path, StoreOptions options, InstantSource clock) {
        this.file = new StoreFile(location, path);
        this.options = options;
        this.clock = clock;
    }

    @Override
    public String location() {
        return file.name();
    }

    @Override
    public Contents load(@Nullable Contents previous) throws StoreException {
        State before = previous == null ? null : (State) previous.state();
        if (previous != null && before != null && file.hash().equals(before.hash())) {
            return previous;
        }
        StoreFile.Content content = file.read();
        boolean list = FileKind.of(content.bytes()) == FileKind.TEXT;
        FileEntries read = list ? parseList(content) : parseCertificates(content);
        if (list && read.entries().isEmpty() && before != null && !before.list()) {
            // The text that may stand before the first PEM block is a list of nothing when the rest is not there yet.
            throw new StoreException(
                    location(), "held certificates and now is text without any; is it half written?", null);
        }
        return new Contents(read.entries(), read.warnings(), List.of(), new State(content.hash(), list));
    }

    private FileEntries parseList(StoreFile.Content content) throws StoreException {
        ThumbprintList list = ThumbprintList.parse(location(), content.bytes());
        List<String> warnings = new ArrayList<>(PathRules.writableByAll(location(), file.path()));
        warnings.addAll(list.warnings());
        return new FileEntries(list.entries(), warnings);
    }

    private FileEntries parseCertificates(StoreFile.Content content) throws StoreException {
        CertificateFiles.Reading reading = CertificateFile.read(file, content, options);
        return FileEntries.of(location(), reading, clock.instant());
    }

    private record State(String hash, boolean list) {}
}
